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
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.SQLDataType;

/**
 * Sums what was settled, from the settlements themselves, so that forks and rebuilds have nothing to keep. Held and
 * owed are those of the last comparison with the contract: to sum all accounts for each answer would read all of them.
 */
final class TotalsQueries {
  /** {0} the answer's block, {1} the start of the period and {2} its exclusive end. */
  private static final String SETTLED = """
      SELECT grouping(service) AS over_services, grouping(day) AS over_days, service, day,
        coalesce(sum(amount::numeric), 0) AS amount, coalesce(sum(written_off::numeric), 0) AS written_off,
        count(*) AS settlements
      FROM (SELECT service, (block_time AT TIME ZONE 'UTC')::date AS day, amount, written_off FROM settlement
        WHERE NOT retracted AND state IS NOT NULL AND block <= {0}
          AND block_time >= coalesce({1}::timestamptz, '-infinity')
          AND block_time < coalesce({2}::timestamptz, 'infinity')) AS counted
      GROUP BY GROUPING SETS ((), (service), (day)) ORDER BY service, day""";
  private static final String COMPARED = """
      SELECT run, block, block_time, held::numeric AS held, owed::numeric AS owed FROM reconciliation_run AS last
      WHERE partition = 0 AND NOT retracted AND block <= {0}
        AND (SELECT count(*) FROM reconciliation_run AS ended
          JOIN partition ON partition.partition = ended.partition AND %s
          WHERE ended.run = last.run AND ended.block = last.block AND NOT ended.retracted)
        = (SELECT count(*) FROM partition)
      ORDER BY block DESC, seq DESC LIMIT 1""".formatted(Visibility.sealed("ended"));

  private TotalsQueries() {}

  static TotalsAnswer totals(Period period, AsOf asOf, DSLContext db) {
    Optional<TotalsAnswer.Compared> compared = db.resultQuery(COMPARED, val(asOf.block())).fetchOptional()
        .map(row -> new TotalsAnswer.Compared(row.get("run", String.class), row.get("block", Long.class),
            row.get("block_time", Instant.class), neuron(row, "held"), neuron(row, "owed")));
    TotalsAnswer.Settled all = new TotalsAnswer.Settled(NeuronSum.ZERO, NeuronSum.ZERO, 0);
    List<TotalsAnswer.Service> services = new ArrayList<>();
    List<TotalsAnswer.Day> days = new ArrayList<>();
    for (Record row : db.resultQuery(SETTLED, val(asOf.block()), instant(period.from()), instant(period.until()))
        .fetch()) {
      TotalsAnswer.Settled sums = new TotalsAnswer.Settled(new NeuronSum(whole(row, "amount")),
          new NeuronSum(whole(row, "written_off")), row.get("settlements", Long.class));
      if (row.get("over_services", Integer.class) == 0) {
        services.add(new TotalsAnswer.Service(new ServiceName(row.get("service", String.class)), sums));
      } else if (row.get("over_days", Integer.class) == 0) {
        days.add(new TotalsAnswer.Day(row.get("day", LocalDate.class), sums));
      } else {
        all = sums;
      }
    }
    return new TotalsAnswer(asOf, period.startDate(), period.endDate(), compared, all, services, days);
  }

  private static Field<?> instant(Optional<Instant> at) {
    return val(at.map(each -> each.atOffset(ZoneOffset.UTC)).orElse(null), SQLDataType.TIMESTAMPWITHTIMEZONE);
  }

  private static Neuron neuron(Record row, String column) {
    return new Neuron(whole(row, column));
  }

  private static BigInteger whole(Record row, String column) {
    return row.get(column, BigDecimal.class).toBigIntegerExact();
  }
}
