package io.neuronledger.query.integrity;

import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.neuronledger.contracts.view.IntegrityView;
import io.neuronledger.contracts.view.IntegrityView.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.DSLContext;

/**
 * Looks for rows that break an {@link IntegrityRule}. Reads whole tables: for operators, and for {@code ./ledger
 * check}.
 */
public final class IntegrityQueries {
  private static final int FAULTS_MAX = 1_000;

  private final DSLContext exporter;

  /** @param exporter of connections that read only, REPEATABLE READ, with a long deadline */
  public IntegrityQueries(DSLContext exporter) {
    this.exporter = exporter;
  }

  /** All rules in one consistent read. */
  public IntegrityView all() {
    return exporter.transactionResult(transaction -> {
      DSLContext db = transaction.dsl();
      SortedMap<String, Long> checked = new TreeMap<>();
      List<Fault> faults = new ArrayList<>();
      long total = 0;
      for (IntegrityRule rule : IntegrityRule.values()) {
        checked.put(rule.label(),
            db.select(count()).from(table(name(rule.table()))).fetchSingle().value1().longValue());
        for (Fault fault : db.fetch(rule.broken()).map(row -> new Fault(rule.label(), row.get("row_name", String.class),
            row.get("expected", String.class), row.get("found", String.class)))) {
          total++;
          if (faults.size() < FAULTS_MAX) {
            faults.add(fault);
          }
        }
      }
      return new IntegrityView(checked, total, faults);
    });
  }
}
