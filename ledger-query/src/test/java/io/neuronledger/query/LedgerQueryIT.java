package io.neuronledger.query;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.servers.PostgresServer;
import io.neuronledger.query.scene.Scribe;
import io.neuronledger.query.scene.Service;
import io.neuronledger.query.scene.Topic;
import io.neuronledger.query.scene.Wallets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** From Kafka to HTTP. */
class LedgerQueryIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);

  @Test
  void raw() throws IOException {
    try (PostgresServer postgres = PostgresServer.startTemporary();
        Topic topic = new Topic(1);
        Service service = new Service(postgres, "boots", 1)) {
      topic.publish(Scribe.begun(0, 1).deposit(OWNER, Neuron.ofZeroG("10")).seal().records());
      for (String target : new String[] {"/v1/ledgers/%zz", "/v1/ledgers/{x}", "/v1/ledgers/" + OWNER + "/sub-accounts/" + OWNER + "/a%2Fb",
          "/v1/ledgers/" + OWNER + "/sub-accounts/" + OWNER + "/a%5Cb", "/v1/ledgers/" + OWNER + "/sub-accounts/" + OWNER + "/a%00b", "/v1/ledgers/" + OWNER + "/sub-accounts/" + OWNER + "/%C3%28", "/v1/ledgers/" + OWNER + "?%zz=1", "/error", "//v1/ledgers", "/v1/ledgers/" + OWNER + "/../x", "/v1/ledgers/" + OWNER + ";a=b", "/v1/ledgers/" + OWNER + "?limit", "/v1/ledgers/" + OWNER + "/"}) {
        System.out.println("=== " + target + "\n" + raw(service, "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
      }
      System.out.println("=== bad\n" + raw(service, "GARBAGE\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "FOO /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "GET /v1/status HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "GET /v1/nothing HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "POST /v1/status HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "GET /v1/status HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(9000) + "\r\nConnection: close\r\n\r\n"));
      System.out.println("=== bad\n" + raw(service, "TRACE /v1/status HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    }
  }

  private static String raw(Service service, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
