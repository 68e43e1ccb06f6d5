package io.neuronledger.query.settlement.period;

import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.query.asof.Visibility;
import io.neuronledger.query.asof.known.Knowledge;
import io.neuronledger.query.usage.counted.CountedSums;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;

/**
 * What was known at positions, as the parts of statements that read it.
 *
 * @param positions by partition, the seq of the first record that was not known: the parameter {4} of a statement
 * @param marks by partition, the seq of the last mark before it, {5}: chain events count once they are sealed
 */
public record RecordsThen(List<Long> positions, List<Long> marks) {
  /** After FROM: the requests, {@code request}, that counted, of either source. */
  public static final String REQUESTS = """
      usage_request AS request
        %s
        WHERE request.seq < ({4}::bigint[])[request.partition + 1]
          AND (request.reversed_seq IS NULL OR request.reversed_seq >= ({4}::bigint[])[request.partition + 1])
          AND %s IS NULL""".formatted(CountedSums.KNOWN_THEN, CountedSums.SET_APART);
  /** Those that were not retracted, nor held back because of a quarantine of their owner. */
  private static final String SETTLED = sealed("settlement");
  /** After FROM. */
  static final String SETTLEMENTS = "settlement WHERE " + SETTLED;
  /** The parameters of a statement that needs none. */
  static final RecordsThen UNUSED = new RecordsThen(List.of(), List.of());
  private static final String ENTERED = sealed("entry");
  private static final String QUARANTINED =
      Visibility.inEffectThen(end("{4}", "quarantine"), end("{5}", "quarantine"));

  public RecordsThen {
    positions = List.copyOf(positions);
    marks = List.copyOf(marks);
  }

  /** At the end of a day. */
  public static RecordsThen of(Knowledge known) {
    return new RecordsThen(known.positions(), known.marks());
  }

  /** At the positions of a frozen report, where all was sealed. */
  static RecordsThen of(FrozenReport report) {
    return new RecordsThen(report.positions(), report.positions());
  }

  private static String sealed(String row) {
    return """
        %1$s.seq < %3$s
          AND NOT EXISTS (SELECT FROM partition_retraction AS retraction
            WHERE retraction.partition = %1$s.partition AND retraction.from_block <= %1$s.block
              AND retraction.seq > %1$s.seq AND retraction.seq < %2$s)
          AND %4$s""".formatted(row, end("{4}", row), end("{5}", row),
        Visibility.notHeldBackThen(row, end("{4}", row), end("{5}", row)));
  }

  /** The one of a row's partition. */
  private static String end(String parameter, String row) {
    return "(" + parameter + "::bigint[])[" + row + ".partition + 1]";
  }

  /** Of the table of settlements, the rows that were known, sealed and of the chain. */
  public Condition settled() {
    return at(SETTLED);
  }

  /** Of the table of entries, the same; that of a retraction stands in no block, and is not among them. */
  public Condition entered() {
    return at(ENTERED);
  }

  /** Of the table of quarantines, those that were in effect. */
  public Condition quarantined() {
    return at(QUARANTINED);
  }

  private Condition at(String sql) {
    return condition(sql, inline(0), inline(0), inline(0), inline(0), positionsOf(), marksOf());
  }

  /** The parameter {4}. */
  public Field<Long[]> positionsOf() {
    return val(Knowledge.array(positions));
  }

  /** The parameter {5}. */
  public Field<Long[]> marksOf() {
    return val(Knowledge.array(marks));
  }
}
