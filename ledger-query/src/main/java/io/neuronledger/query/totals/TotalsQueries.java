package io.neuronledger.query.totals;

import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.directory.TotalsAnswer;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.request.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Sums over all accounts, from sums by day. What a later block of the last day did is subtracted, and what no seal
 * follows yet; for a past block also the usage of the rest of its day. The cost depends on the number of days, and on
 * the changes and requests of one day, not on the number of accounts.
 */
final class TotalsQueries {
  private static final LocalDate FIRST = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST = LocalDate.of(9_999, 12, 31);

  /**
   * {0} the answer's block, {1} the first day of the period, before which all is one sum without a day, and {2} the
   * last one, {3} the time that usage was completed by; NULL where all of it counts.
   */
  private static final String SUMS = """
      WITH later AS (
        SELECT change.* FROM service_change AS change WHERE change.block > {0}
        UNION ALL
        SELECT change.* FROM partition
        JOIN service_change AS change ON change.partition = partition.partition
          AND %s AND change.block <= {0}),
      part AS (
        SELECT service, day, held::numeric AS held, pending_refund::numeric AS pending_refund,
          settled::numeric AS settled, written_off::numeric AS written_off, settlements, requests,
          used::numeric AS used, unverified::numeric AS unverified, events
        FROM service_day
        UNION ALL
        SELECT service, (block_time AT TIME ZONE 'UTC')::date, -held::numeric, -pending_refund::numeric,
          -settled::numeric, -written_off::numeric, -settlements, 0, 0, 0, -events
        FROM later
        UNION ALL
        SELECT service, (completed_at AT TIME ZONE 'UTC')::date, 0, 0, 0, 0, 0, -1, -fee::numeric,
          -unverified_fee::numeric, 0
        FROM usage_request
        WHERE completed_at > {3}::timestamptz AND completed_at < ({2}::date + 1)::timestamp AT TIME ZONE 'UTC'
          AND source = 'direct' AND reversed_seq IS NULL AND set_apart IS NULL)
      SELECT service, CASE WHEN day >= {1}::date THEN day END AS day,
        sum(held) AS held, sum(pending_refund) AS pending_refund, sum(settled) AS settled,
        sum(written_off) AS written_off, sum(settlements)::bigint AS settlements, sum(requests)::bigint AS requests,
        sum(used) AS used, sum(unverified) AS unverified
      FROM part WHERE day <= {2}::date
      GROUP BY 1, 2 HAVING sum(events) > 0 OR sum(requests) > 0
      ORDER BY day NULLS FIRST, service""".formatted(Visibility.unsealed("change"));
  private static final String COMPARED = """
      SELECT run, block, block_time, held::numeric AS held, owed::numeric AS owed FROM reconciliation_run AS last
      WHERE partition = 0 AND NOT retracted AND block <= {0}
        AND (SELECT count(*) FROM reconciliation_run AS ended
          JOIN partition ON partition.partition = ended.partition AND %s
          WHERE ended.run = last.run AND ended.block = last.block AND NOT ended.retracted)
        = (SELECT count(*) FROM partition)
      ORDER BY block DESC, seq DESC LIMIT 1""".formatted(Visibility.sealed("ended"));

  private TotalsQueries() {}

  /** @param past whether only usage counts that was completed by the block's time */
  static TotalsAnswer totals(Period period, AsOf asOf, boolean past, DSLContext db) {
    OffsetDateTime time = asOf.blockTime().atOffset(ZoneOffset.UTC);
    LocalDate last = Stream.concat(period.endDate().stream(), Stream.of(past ? time.toLocalDate() : LAST))
        .min(Comparator.naturalOrder()).orElseThrow();
    Map<Optional<LocalDate>, Map<ServiceName, ServiceSums>> parts = new LinkedHashMap<>();
    db.resultQuery(SUMS, val(asOf.block()), val(period.startDate().orElse(FIRST)), val(last),
        val(past ? time : null, SQLDataType.TIMESTAMPWITHTIMEZONE)).fetch().forEach(row ->
            parts.computeIfAbsent(Optional.ofNullable(row.get("day", LocalDate.class)), _ -> new TreeMap<>())
                .put(new ServiceName(row.get("service", String.class)), ServiceSums.of(row)));
    Map<ServiceName, ServiceSums> untilThen = new TreeMap<>();
    Map<ServiceName, ServiceSums> inPeriod = new TreeMap<>();
    List<TotalsAnswer.Day> days = new ArrayList<>();
    parts.forEach((day, part) -> {
      add(part, untilThen);
      day.ifPresent(date -> {
        add(part, inPeriod);
        days.add(day(date, part, untilThen));
      });
    });
    ServiceSums sums = ServiceSums.all(inPeriod.values());
    ServiceSums state = ServiceSums.all(untilThen.values());
    return new TotalsAnswer(asOf, period.startDate(), period.endDate(), compared(asOf, db),
        state.heldOf(Optional.of(available(untilThen))), sums.usedOf(), sums.settledOf(), state.outstanding(),
        services(untilThen.keySet(), inPeriod, untilThen), days);
  }

  private static void add(Map<ServiceName, ServiceSums> part, Map<ServiceName, ServiceSums> sums) {
    part.forEach((service, added) -> sums.merge(service, added, ServiceSums::plus));
  }

  private static TotalsAnswer.Day day(LocalDate day, Map<ServiceName, ServiceSums> part,
      Map<ServiceName, ServiceSums> untilThen) {
    ServiceSums sums = ServiceSums.all(part.values());
    ServiceSums state = ServiceSums.all(untilThen.values());
    return new TotalsAnswer.Day(day, state.heldOf(Optional.of(available(untilThen))), sums.usedOf(), sums.settledOf(),
        state.outstanding(), services(part.keySet(), part, untilThen));
  }

  private static NeuronSum available(Map<ServiceName, ServiceSums> sums) {
    return sums.getOrDefault(ServiceChanges.AVAILABLE, ServiceSums.ZERO).held();
  }

  /** @param flows of the period or of the day, and {@code states} until its end */
  private static List<TotalsAnswer.Service> services(Set<ServiceName> names, Map<ServiceName, ServiceSums> flows,
      Map<ServiceName, ServiceSums> states) {
    return names.stream().filter(name -> !name.equals(ServiceChanges.AVAILABLE)).map(name -> {
      ServiceSums flow = flows.getOrDefault(name, ServiceSums.ZERO);
      ServiceSums state = states.getOrDefault(name, ServiceSums.ZERO);
      return new TotalsAnswer.Service(name, state.heldOf(Optional.empty()), flow.usedOf(), flow.settledOf(),
          state.outstanding());
    }).toList();
  }

  private static Optional<TotalsAnswer.Compared> compared(AsOf asOf, DSLContext db) {
    return db.resultQuery(COMPARED, val(asOf.block())).fetchOptional()
        .map(row -> new TotalsAnswer.Compared(row.get("run", String.class), row.get("block", Long.class),
            row.get("block_time", Instant.class), neuron(row, "held"), neuron(row, "owed")));
  }

  private static Neuron neuron(Record row, String column) {
    return new Neuron(row.get(column, BigDecimal.class).toBigIntegerExact());
  }
}
