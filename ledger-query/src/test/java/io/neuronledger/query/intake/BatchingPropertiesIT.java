package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The tables depend on the stream only, not on how it is divided into batches. */
class BatchingPropertiesIT {
  private static final int STEPS = 150;

  @Property(tries = 25)
  void any_batching_gives_the_same_tables(@ForAll long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, STEPS).records();
    try (QueryFixture whole = new QueryFixture(1); QueryFixture pieces = new QueryFixture(1)) {
      whole.process(records);
      Random cuts = new Random(seed);
      for (int from = 0; from < records.size();) {
        int to = Math.min(records.size(), from + 1 + cuts.nextInt(40));
        pieces.process(records.subList(from, to));
        from = to;
      }
      assertEqual(pieces, whole);
    }
  }

  @Property(tries = 15)
  void records_processed_twice_have_the_effect_of_once(@ForAll long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, STEPS).records();
    try (QueryFixture once = new QueryFixture(1); QueryFixture twice = new QueryFixture(1)) {
      once.process(records);
      twice.process(records.subList(0, records.size() / 2));
      List<AccountRecord> again = new ArrayList<>(records.subList(records.size() / 4, records.size()));
      twice.process(again);
      twice.process(records);
      assertEqual(twice, once);
    }
  }

  /** Compares table by table, so that a difference names its table. */
  private static void assertEqual(QueryFixture one, QueryFixture other) {
    Map<String, List<String>> expected = other.tables();
    one.tables().forEach((table, rows) -> assertThat(rows).as(table).isEqualTo(expected.get(table)));
  }
}
