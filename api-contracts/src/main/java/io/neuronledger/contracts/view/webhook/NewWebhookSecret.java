package io.neuronledger.contracts.view.webhook;

import java.time.Instant;

/**
 * A further secret of a webhook.
 *
 * @param secret by which its messages are signed from now on, {@code whsec_…}; shown this once
 * @param previousExpiresAt until when they are signed by the one before, too
 */
public record NewWebhookSecret(String secret, Instant previousExpiresAt) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "NewWebhookSecret[" + previousExpiresAt + "]";
  }
}
