package io.neuronledger.client.event;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks what comes to the URL of a webhook: only what the ledger has signed is read. */
public final class WebhookReceiver {
  private final Webhook webhook;

  /**
   * @param secret {@code whsec_…}, as the webhook's making or the last rotation has answered it
   * @throws IllegalArgumentException for another text
   */
  public WebhookReceiver(String secret) {
    if (!secret.startsWith("whsec_")) {
      throw new IllegalArgumentException("a webhook's secret begins with whsec_");
    }
    webhook = new Webhook(secret);
  }

  /**
   * A message of a webhook.
   *
   * @param id stays the same at each attempt and in a replay: store it with what you do, and pass over what you have
   * @param type of its data
   * @param data the record of the topic: of a webhook of events what {@link #event} reads
   */
  public record Message(String id, String type, Instant at, JsonNode data) {
    /**
     * The event, of a webhook whose feed is events.
     *
     * @throws IllegalArgumentException for an alert, and for a test
     */
    public PublicEvent event() {
      return PublicEvent.parse(data.toString());
    }
  }

  /** The message is not from the ledger, was changed, or is older than five minutes: answer 401. */
  public static final class NotSignedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotSignedException(Throwable cause) {
      super("not signed by the webhook's secret: " + cause.getMessage(), cause);
    }
  }

  /**
   * Checks a request's signature and its age, and reads it.
   *
   * @param headers of the request, their names in any case
   * @param body to the byte as it came, read as UTF-8
   */
  public Message verified(Map<String, List<String>> headers, String body) throws NotSignedException {
    Map<String, List<String>> named = new TreeMap<>();
    headers.forEach((name, values) -> named.put(name.toLowerCase(Locale.ROOT), values));
    try {
      webhook.verify(body, named);
      JsonNode read = JsonMapper.shared().readTree(body);
      return new Message(named.getOrDefault("webhook-id", List.of("")).getFirst(), read.path("type").asString(),
          Instant.parse(read.path("timestamp").asString()), read.path("data"));
    } catch (WebhookVerificationException e) {
      throw new NotSignedException(e);
    } catch (JacksonException e) {
      throw new IllegalStateException("signed, and not in the form of a webhook", e);
    }
  }
}
