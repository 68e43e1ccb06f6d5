package io.neuronledger.client.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.neuronledger.client.event.WebhookReceiver.NotSignedException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookReceiverTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "events-31337-3-41";

  private final WebhookReceiver receiver = new WebhookReceiver(SECRET);

  private static Map<String, List<String>> headers(String secret, String body, Instant at) {
    try {
      return Map.of("Webhook-Id", List.of(ID), "Webhook-Timestamp", List.of(Long.toString(at.getEpochSecond())),
          "Webhook-Signature", List.of(new Webhook(secret).sign(ID, at.getEpochSecond(), body)));
    } catch (WebhookSigningException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String body() throws IOException {
    return "{\"type\":\"funds-deposited.v1\",\"timestamp\":\"2026-11-28T12:00:00.125Z\",\"data\":"
        + PublicEventTest.example("funds-deposited.v1") + "}";
  }

  @Test
  void what_is_signed_is_read() throws IOException, NotSignedException {
    WebhookReceiver.Message message = receiver.verified(headers(SECRET, body(), Instant.now()), body());
    assertThat(message.id()).isEqualTo(ID);
    assertThat(message.type()).isEqualTo("funds-deposited.v1");
    assertThat(message.at()).isEqualTo("2026-11-28T12:00:00.125Z");
    assertThat(message.event().type()).isEqualTo("funds-deposited.v1");
  }

  @Test
  void nothing_else_is() throws IOException {
    String body = body();
    assertThatThrownBy(() -> receiver.verified(headers(SECRET, body, Instant.now()), body.replace("funds", "fonds")))
        .isInstanceOf(NotSignedException.class);
    assertThatThrownBy(() -> receiver.verified(
        headers("whsec_AfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", body, Instant.now()), body))
        .isInstanceOf(NotSignedException.class);
    assertThatThrownBy(() -> receiver.verified(headers(SECRET, body, Instant.now().minusSeconds(600)), body))
        .isInstanceOf(NotSignedException.class);
    assertThatThrownBy(() -> receiver.verified(Map.of(), body)).isInstanceOf(NotSignedException.class);
  }

  @Test
  void a_secret_has_its_form() {
    assertThatThrownBy(() -> new WebhookReceiver("secret")).hasMessage("a webhook's secret begins with whsec_");
  }
}
