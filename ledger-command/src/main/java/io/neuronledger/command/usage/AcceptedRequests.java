package io.neuronledger.command.usage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * The requests that were ever accepted, each with a digest of its content. A row commits with the event that records
 * the request, so neither can be lost without the other.
 */
public final class AcceptedRequests {
  /** In the order of ids: two batches with the same requests wait for each other, and never for ever. */
  private static final String REMEMBER = """
      INSERT INTO accepted_request (request, content)
      SELECT request, content FROM unnest(:requests::uuid[], :contents::uuid[]) AS told (request, content)
      ORDER BY request
      ON CONFLICT ON CONSTRAINT accepted_request_pk DO NOTHING
      RETURNING request""";
  private static final String RECALL =
      "SELECT request, content FROM accepted_request WHERE request = ANY (:requests::uuid[])";

  private final JdbcClient jdbc;

  public AcceptedRequests(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Remembers what is new, in the caller's transaction. Waits for a transaction that is remembering the same request.
   *
   * @return what was remembered before, of the same requests
   */
  Map<UUID, UUID> remember(SortedMap<UUID, UUID> contents) {
    if (contents.isEmpty()) {
      return Map.of();
    }
    Set<UUID> known = new HashSet<>(contents.keySet());
    jdbc.sql(REMEMBER).param("requests", array(contents.keySet())).param("contents", array(contents.values()))
        .query(UUID.class).list().forEach(known::remove);
    Map<UUID, UUID> before = new HashMap<>();
    if (!known.isEmpty()) {
      jdbc.sql(RECALL).param("requests", array(known)).query(row -> {
        before.put(row.getObject(1, UUID.class), row.getObject(2, UUID.class));
      });
    }
    return before;
  }

  private static SqlArrayValue array(Iterable<UUID> ids) {
    List<Object> values = new ArrayList<>();
    ids.forEach(values::add);
    return new SqlArrayValue("uuid", values.toArray());
  }
}
