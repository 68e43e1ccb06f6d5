package io.neuronledger.query.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.contracts.view.ProblemView;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** Writes server-sent events, as the HTML standard describes {@code text/event-stream}. */
final class EventWriter {
  private static final byte[] HEARTBEAT = ":\n\n".getBytes(UTF_8);
  private static final byte[] END = "\n\n".getBytes(UTF_8);

  private final OutputStream out;
  private final JsonMapper json;

  EventWriter(OutputStream out, JsonMapper json) {
    this.out = out;
    this.json = json;
  }

  /** How long a client waits before it connects again. */
  void retry(Duration delay) throws IOException {
    out.write(("retry: " + delay.toMillis() + "\n\n").getBytes(UTF_8));
  }

  /** An id without an event: from there a client goes on that connects again. */
  void id(String id) throws IOException {
    out.write(("id: " + id + "\n\n").getBytes(UTF_8));
  }

  /** A comment, by which both sides notice a dead connection. */
  void heartbeat() throws IOException {
    out.write(HEARTBEAT);
  }

  /** The value is written as it is stored: it is JSON on one line. */
  void event(String id, PublicEvent event) throws IOException {
    out.write(("id: " + id + "\nevent: " + event.type() + "\ndata: " + event.value()).getBytes(UTF_8));
    out.write(END);
  }

  /** Why the stream ends; nothing follows. */
  void problem(ProblemView problem) throws IOException {
    out.write("event: problem\ndata: ".getBytes(UTF_8));
    out.write(json.writeValueAsBytes(problem));
    out.write(END);
  }

  /** Sends what was written; waits while the client takes nothing. */
  void flush() throws IOException {
    out.flush();
  }
}
