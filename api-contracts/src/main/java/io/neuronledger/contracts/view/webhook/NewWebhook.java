package io.neuronledger.contracts.view.webhook;

/**
 * A webhook that was made.
 *
 * @param secret by which its messages are signed, {@code whsec_…}; shown this once
 */
public record NewWebhook(String secret, WebhookView webhook) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "NewWebhook[" + webhook.id() + "]";
  }
}
