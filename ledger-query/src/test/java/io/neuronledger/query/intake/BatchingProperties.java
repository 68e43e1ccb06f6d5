package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountRecord;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The tables are a function of the stream, not of how it was cut. */
class BatchingProperties {
  private static final int STEPS = 150;

  @Property(tries = 25)
  void any_batching_gives_the_same_tables(@ForAll long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, STEPS).records();
    try (QueryFixture whole = new QueryFixture(1); QueryFixture pieces = new QueryFixture(1)) {
      whole.take(records);
      Random cuts = new Random(seed);
      for (int from = 0; from < records.size();) {
        int to = Math.min(records.size(), from + 1 + cuts.nextInt(40));
        pieces.take(records.subList(from, to));
        from = to;
      }
      assertEqual(pieces, whole);
    }
  }

  @Property(tries = 15)
  void taken_twice_is_taken_once(@ForAll long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, STEPS).records();
    try (QueryFixture once = new QueryFixture(1); QueryFixture twice = new QueryFixture(1)) {
      once.take(records);
      twice.take(records.subList(0, records.size() / 2));
      List<AccountRecord> again = new ArrayList<>(records.subList(records.size() / 4, records.size()));
      twice.take(again);
      twice.take(records);
      assertEqual(twice, once);
    }
  }

  /** Table by table: a difference names its table. */
  private static void assertEqual(QueryFixture one, QueryFixture other) {
    Map<String, List<String>> expected = other.tables();
    one.tables().forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(expected.get(table)));
  }
}
