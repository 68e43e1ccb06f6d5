package io.neuronledger.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A service that answers with these bytes. */
class RawHttpIT {
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Sends the answer and leaves the connection open until the caller closes it. @return -1 then */
  private static int answerAndWait(ServerSocket server, String answer) throws IOException {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().readNBytes(REQUEST.length)).isEqualTo(REQUEST);
      socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream().read();
    }
  }

  @Test
  void a_stream_of_events_is_closed_once_its_head_is_read() throws IOException, ExecutionException,
      InterruptedException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<Integer> closed = thread.submit(() -> answerAndWait(server,
          "HTTP/1.1 200 \r\nContent-Type: text/event-stream;charset=UTF-8\r\nX-A: b\r\n\r\n: waits\n\n"));

      RawHttp.Answer answer = RawHttp.trySend(server.getLocalPort(), REQUEST).orElseThrow();

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("X-A")).contains("b");
      assertThat(closed.get()).isEqualTo(-1);
    }
  }
}
