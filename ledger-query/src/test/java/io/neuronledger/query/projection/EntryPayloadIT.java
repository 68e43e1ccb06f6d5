package io.neuronledger.query.projection;

import static io.neuronledger.query.db.Tables.ENTRY;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.QueryFixture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Record;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal keeps what its columns lack, and returns every event as it was published. */
class EntryPayloadIT {
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void an_entry_is_read_as_it_was_published_and_stores_nothing_twice(long seed) {
    List<AccountRecord> records = History.of(seed, 0, 1, 300).records();
    Map<Long, AccountRecord> published = new HashMap<>();
    records.forEach(each -> published.put(each.seq(), each));
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.process(records);
      List<Record> entries = List.copyOf(fixture.db().select(ENTRY.fields()).from(ENTRY).fetch());
      assertThat(entries).hasSizeGreaterThan(100);
      for (Record row : entries) {
        AccountRecord expected = Objects.requireNonNull(published.get(row.get(ENTRY.SEQ)));
        EntryPayload.Entry entry = EntryPayload.read(row);
        assertThat(entry.event()).isEqualTo(expected.event());
        assertThat(entry.recordedAt()).isEqualTo(expected.recordedAt());
        assertStoredOnce(row, (LedgerEvent.Posted) expected.event());
      }
    }
  }

  private static void assertStoredOnce(Record row, LedgerEvent.Posted event) {
    String payload = row.get(ENTRY.PAYLOAD).data();
    assertThat(payload).doesNotContain(row.get(ENTRY.TYPE), "\"owner\"", "\"time\"");
    Optional.ofNullable(row.get(ENTRY.PROVIDER))
        .ifPresent(provider -> assertThat(payload).as("%s", event).doesNotContain(provider.value()));
    Optional.ofNullable(row.get(ENTRY.TRANSACTION_HASH))
        .ifPresent(hash -> assertThat(payload).as("%s", event).doesNotContain(hash.value()));
  }
}
