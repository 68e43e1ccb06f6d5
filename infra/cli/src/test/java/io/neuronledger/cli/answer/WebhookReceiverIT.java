package io.neuronledger.cli.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.neuronledger.cli.answer.WebhookReceiver.Expected;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The receiver of soak finds what is lost, in the wrong order, altered, or not signed. */
class WebhookReceiverIT {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String OTHER = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSx";
  private static final Map<String, Expected> PUBLISHED = Map.of("events-1-0-0", new Expected("alice", 0, "{\"n\":0}"),
      "events-1-0-1", new Expected("bob", 1, "{\"n\":1}"), "events-1-0-2", new Expected("alice", 2, "{\"n\":2}"));

  @AutoClose
  private final HttpClient http = HttpClient.newHttpClient();
  @AutoClose
  private final WebhookReceiver receiver = new WebhookReceiver();
  private final WebhookReceiver.Inbox inbox = receiver.inbox();

  /** @return the status */
  private int send(String id, String data, String secret)
      throws IOException, InterruptedException, WebhookSigningException {
    String body = "{\"type\":\"test-event.v1\",\"data\":" + data + "}";
    long now = InstantSource.system().instant().getEpochSecond();
    return http.send(HttpRequest.newBuilder(URI.create(inbox.url())).header("webhook-id", id)
        .header("webhook-timestamp", String.valueOf(now))
        .header("webhook-signature", new Webhook(secret).sign(id, now, body))
        .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  @Test
  void what_comes_again_is_no_fault_and_owners_have_an_order_each() throws Exception {
    inbox.signedBy(SECRET);
    for (int number : new int[] {1, 0, 2, 0}) {
      assertThat(send("events-1-0-" + number, "{\"n\":" + number + "}", SECRET)).isEqualTo(204);
    }
    assertThat(receiver.compare(PUBLISHED)).isEmpty();
    assertThat(receiver.received()).isEqualTo(4);
    assertThat(receiver.repeated()).isEqualTo(1);
  }

  @Test
  void what_is_lost_or_early_or_altered_or_not_signed_is_a_fault() throws Exception {
    inbox.signedBy(SECRET);
    assertThat(send("events-1-0-1", "{\"n\":1}", OTHER)).isEqualTo(401);
    assertThat(send("events-1-0-2", "{\"n\":2}", SECRET)).isEqualTo(204);
    assertThat(send("events-1-0-0", "{\"n\":0}", SECRET)).isEqualTo(204);
    assertThat(send("events-1-0-0", "{\"n\":9}", SECRET)).isEqualTo(204);
    assertThat(receiver.compare(PUBLISHED)).satisfiesExactlyInAnyOrder(
        fault -> assertThat(fault).startsWith("the message 'events-1-0-1' ").endsWith("not signed by the secret of a "
            + "webhook"),
        fault -> assertThat(fault).startsWith("the message 'events-1-0-0' comes again as another one: "),
        fault -> assertThat(fault).endsWith("has not received events-1-0-1"),
        fault -> assertThat(fault).endsWith("has received events-1-0-0 after event 2 of the same owner"),
        fault -> assertThat(fault).contains("has received events-1-0-0, which is not the topic's: {"));
  }
}
