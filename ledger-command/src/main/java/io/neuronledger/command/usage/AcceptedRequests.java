package io.neuronledger.command.usage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The table of all accepted requests, each with a digest of its content. A row commits together with the event that
 * records the request.
 */
public final class AcceptedRequests {
  /** Inserts in the order of ids, so that two batches with the same requests cannot deadlock. */
  private static final String INSERT = """
      INSERT INTO accepted_request (request, content)
      SELECT request, content FROM unnest(:requests::uuid[], :contents::uuid[]) AS batch (request, content)
      ORDER BY request
      ON CONFLICT ON CONSTRAINT accepted_request_pk DO NOTHING
      RETURNING request""";
  private static final String SELECT =
      "SELECT request, content FROM accepted_request WHERE request = ANY (:requests::uuid[])";

  private final JdbcClient jdbc;

  public AcceptedRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Inserts the new requests in the caller's transaction. Waits for any other transaction that inserts the same
   * request.
   *
   * @param contents the content digest by request
   * @return the stored content by request, of those that were accepted before
   */
  Map<UUID, UUID> insertNew(SortedMap<UUID, UUID> contents) {
    if (contents.isEmpty()) {
      return Map.of();
    }
    Set<UUID> known = new HashSet<>(contents.keySet());
    jdbc.sql(INSERT).param("requests", array(contents.keySet())).param("contents", array(contents.values()))
        .query(UUID.class).list().forEach(known::remove);
    Map<UUID, UUID> before = new HashMap<>();
    if (!known.isEmpty()) {
      jdbc.sql(SELECT).param("requests", array(known)).query(row -> {
        before.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
      });
    }
    return before;
  }

  /** Those that were accepted. */
  Set<UUID> known(Collection<UUID> requests) {
    return requests.isEmpty() ? Set.of() : Set.copyOf(jdbc.sql(SELECT).param("requests", array(requests))
        .query((row, _) -> row.getObject(1, UUID.class)).list());
  }

  /** The content digest of an accepted request. */
  Optional<UUID> contentOf(UUID request) {
    return jdbc.sql(SELECT).param("requests", array(List.of(request)))
        .query((row, _) -> row.getObject(2, UUID.class)).optional();
  }

  private static SqlArrayValue array(Iterable<UUID> ids) {
    List<Object> values = new ArrayList<>();
    ids.forEach(values::add);
    return new SqlArrayValue("uuid", values.toArray());
  }
}
