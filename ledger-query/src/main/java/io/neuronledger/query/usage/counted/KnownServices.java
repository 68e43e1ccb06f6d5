package io.neuronledger.query.usage.counted;

import static io.neuronledger.query.db.Tables.KNOWN_SERVICE;
import static io.neuronledger.query.db.Tables.SERVICE_NAMING;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.query.projection.Batch;
import io.neuronledger.query.projection.LedgerEventRecord;
import io.neuronledger.query.projection.Projection;
import io.neuronledger.query.projection.UnnestRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/**
 * Projects the services that each partition's chain events name, and moves the requests whose state follows: into the
 * sums, or out of them. Runs before the usage projection, which judges new requests by these rows.
 *
 * <p>A moved request needs no matching: before the first event that names a service it has no settlements, and with
 * that event a fork takes all of them back.
 */
public final class KnownServices implements Projection {
  private static final String FORGET = """
      DELETE FROM known_service USING $rows AS retraction ($columns)
      WHERE known_service.partition = retraction.partition AND known_service.block >= retraction.from_block
      RETURNING known_service.partition, service""";
  /** Touches no row that stays as it is. */
  private static final String NAME = """
      INSERT INTO known_service ($columns)
      SELECT * FROM $rows AS named ($columns)
      WHERE NOT EXISTS (SELECT FROM known_service AS known WHERE known.partition = named.partition
        AND known.service = named.service AND known.block <= named.block)
      ON CONFLICT ON CONSTRAINT known_service_pk DO UPDATE SET block = excluded.block, since = excluded.since
      RETURNING partition, service""";
  /**
   * Adds those that no earlier one precedes, in the same block or a lower one, that was valid then. The retractions of
   * the batch are stored.
   */
  private static final String REMEMBER = """
      WITH named AS (SELECT DISTINCT ON (partition, service, seq) * FROM $rows AS named ($columns)),
      earlier AS (
        SELECT partition, service, seq, block FROM named
        UNION ALL
        SELECT known.partition, known.service, known.seq, known.block FROM service_naming AS known
        WHERE (known.partition, known.service) IN (SELECT partition, service FROM named))
      INSERT INTO service_naming ($columns)
      SELECT $columns FROM named
      WHERE NOT EXISTS (SELECT FROM earlier
        WHERE earlier.partition = named.partition AND earlier.service = named.service AND earlier.seq < named.seq
          AND earlier.block <= named.block AND NOT EXISTS (
            SELECT FROM partition_retraction AS retraction
            WHERE retraction.partition = earlier.partition AND retraction.from_block <= earlier.block
              AND retraction.seq > earlier.seq AND retraction.seq < named.seq))
      ON CONFLICT ON CONSTRAINT service_naming_pk DO NOTHING""";
  private static final String MOVE = """
      WITH touched AS (SELECT * FROM $rows AS touched ($columns)),
      stored AS (
        SELECT request.* FROM touched
        JOIN usage_request AS request ON request.partition = touched.partition
          AND request.service = touched.service AND request.set_apart IS NOT NULL
        UNION ALL
        SELECT request.* FROM touched
        JOIN usage_meter AS meter ON meter.service = touched.service AND meter.partition = touched.partition
        JOIN usage_request AS request ON request.owner = meter.owner AND request.provider = meter.provider
          AND request.service = meter.service AND request.reversed_seq IS NULL AND request.set_apart IS NULL),
      judged AS (
        SELECT request.owner, request.completed_at, request.provider, request.request_id, %s AS set_apart
        FROM stored AS request
        %s),
      moved AS (
        UPDATE usage_request AS request SET set_apart = judged.set_apart FROM judged
        WHERE request.owner = judged.owner AND request.completed_at = judged.completed_at
          AND request.provider = judged.provider AND request.request_id = judged.request_id
          AND request.set_apart IS DISTINCT FROM judged.set_apart
        RETURNING request.*, old.set_apart AS before),
      changed AS (
        SELECT *, (set_apart IS NULL)::int - (before IS NULL)::int AS sign FROM moved),
      """.formatted(CountedSums.SET_APART, CountedSums.KNOWN) + CountedSums.ADD;
  /** An hour whose requests have all left is in no answer. */
  private static final String DROP_EMPTY = """
      DELETE FROM usage_hour USING $rows AS touched ($columns)
        JOIN usage_meter AS meter ON meter.service = touched.service AND meter.partition = touched.partition
      WHERE usage_hour.owner = meter.owner AND usage_hour.provider = meter.provider
        AND usage_hour.service = meter.service AND usage_hour.requests = 0""";

  /** A service in a partition. */
  private record Place(int partition, ServiceName service) {
    private static Place of(Batch.Named named) {
      return new Place(named.partition(), named.service());
    }
  }

  /** A service in a block, between two marks. */
  private record DroppedPlace(Place place, long block, long markSeq) {}

  @Override
  public int project(Batch batch, DSLContext db) {
    List<Batch.Named> named = named(batch);
    Set<Place> touched = new LinkedHashSet<>();
    batch.retractionRows().read(db, FORGET, row ->
        touched.add(new Place(row.getInt(1), new ServiceName(row.getString(2)))));
    lowest(named).read(db, NAME, row -> touched.add(new Place(row.getInt(1), new ServiceName(row.getString(2)))));
    UnnestRows rows = UnnestRows.of(KNOWN_SERVICE.PARTITION, KNOWN_SERVICE.SERVICE);
    touched.forEach(place -> rows.add(place.partition(), place.service()));
    return touched.size() + remember(named, db) + rows.write(db, MOVE) + rows.write(db, DROP_EMPTY)
        + rows.write(db, CountedSums.DROP_EMPTY_DAYS);
  }

  /** The first record of the lowest block of the batch that names each service. */
  private static UnnestRows lowest(List<Batch.Named> named) {
    Map<Place, Batch.Named> first = new LinkedHashMap<>();
    named.stream().filter(each -> !each.dropped()).forEach(each -> first.merge(Place.of(each), each,
        BinaryOperator.minBy(Comparator.comparingLong(Batch.Named::block).thenComparingLong(Batch.Named::seq))));
    UnnestRows rows = UnnestRows.of(KNOWN_SERVICE.PARTITION, KNOWN_SERVICE.SERVICE, KNOWN_SERVICE.BLOCK,
        KNOWN_SERVICE.SINCE);
    first.values().forEach(each -> rows.add(each.partition(), each.service(), each.block(), each.since()));
    return rows;
  }

  private static int remember(List<Batch.Named> named, DSLContext db) {
    UnnestRows rows = UnnestRows.of(SERVICE_NAMING.PARTITION, SERVICE_NAMING.SERVICE, SERVICE_NAMING.SEQ,
        SERVICE_NAMING.BLOCK, SERVICE_NAMING.SINCE);
    named.forEach(each -> rows.add(each.partition(), each.service(), each.seq(), each.block(), each.since()));
    return rows.write(db, REMEMBER);
  }

  /** Those of the batch that may be the first ones, of registrations and of sub-accounts. */
  private static List<Batch.Named> named(Batch batch) {
    List<Batch.Named> named = new ArrayList<>(firsts(batch.named().stream()));
    named.addAll(firsts(batch.lines().stream().flatMap(KnownServices::named)));
    return named;
  }

  /**
   * Leaves out those that an earlier one precedes, in the same block or a lower one, which is valid for as long.
   *
   * @param named within a partition in its order
   */
  private static List<Batch.Named> firsts(Stream<Batch.Named> named) {
    Map<Place, Long> lowest = new HashMap<>();
    Set<DroppedPlace> dropped = new HashSet<>();
    return named.filter(each -> {
      Place place = Place.of(each);
      if (lowest.getOrDefault(place, Long.MAX_VALUE) <= each.block()) {
        return false;
      }
      if (each.dropped()) {
        return dropped.add(new DroppedPlace(place, each.block(), each.markSeq()));
      }
      lowest.put(place, each.block());
      return true;
    }).toList();
  }

  private static Stream<Batch.Named> named(LedgerEventRecord line) {
    return line.event() instanceof LedgerEvent.Posted posted
        ? posted.subAccounts().stream().map(account -> new Batch.Named(line.partition(), account.service(),
            line.block().orElseThrow(), line.seq(), line.markSeq(), Optional.empty(), line.dropped()))
        : Stream.empty();
  }
}
