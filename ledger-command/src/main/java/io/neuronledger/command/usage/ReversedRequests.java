package io.neuronledger.command.usage;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of the requests whose reports were reversed. A row commits together with the event that does so. */
public final class ReversedRequests {
  private final JdbcClient jdbc;

  public ReversedRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** The number of the event in the stream of the request's meter. */
  Optional<Long> sequenceOf(UUID request) {
    return jdbc.sql("SELECT sequence FROM reversed_request WHERE request = :request").param("request", request)
        .query(Long.class).optional();
  }

  /** Waits for any other transaction that inserts the same request; false if it was inserted. */
  boolean insert(UUID request, long sequence) {
    return jdbc.sql("INSERT INTO reversed_request (request, sequence) VALUES (:request, :sequence)"
        + " ON CONFLICT ON CONSTRAINT reversed_request_pk DO NOTHING")
        .param("request", request).param("sequence", sequence).update() == 1;
  }
}
