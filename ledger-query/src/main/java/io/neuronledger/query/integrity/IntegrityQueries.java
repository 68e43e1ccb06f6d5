package io.neuronledger.query.integrity;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.neuronledger.contracts.view.operation.IntegrityView;
import io.neuronledger.contracts.view.operation.IntegrityView.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;

/** Finds rows that break an {@link IntegrityRule}. Reads whole tables; for operators and {@code ./ledger check}. */
final class IntegrityQueries {
  /** Checks all rules. */
  IntegrityView all(DSLContext db) {
    SortedMap<String, Long> checked = new TreeMap<>();
    List<Fault> faults = new ArrayList<>();
    long total = 0;
    for (IntegrityRule rule : IntegrityRule.values()) {
      checked.put(rule.label(),
          db.select(count()).from(table(name(rule.table()))).fetchSingle().value1().longValue());
      Result<Record> broken = db.fetch("SELECT *, count(*) OVER () AS total FROM (" + rule.broken()
          + ") AS broken LIMIT " + IntegrityView.FAULTS_MAX);
      total += broken.isEmpty() ? 0 : broken.getFirst().get("total", Long.class);
      broken.stream().limit(IntegrityView.FAULTS_MAX - faults.size()).map(row -> fault(rule, row))
          .forEach(faults::add);
    }
    return new IntegrityView(checked, total, faults);
  }

  private static Fault fault(IntegrityRule rule, Record row) {
    return new Fault(rule.label(), row.get("row_name", String.class), row.get("expected", String.class),
        row.get("found", String.class));
  }
}
