package io.neuronledger.foundation.access.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.access.AccessEntry;
import io.neuronledger.contracts.access.AccessLogPage;
import io.neuronledger.contracts.access.AccessRecord;
import io.neuronledger.contracts.topic.AccessLogPartition;
import io.neuronledger.contracts.topic.RecordHash;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.partitionlog.TopicJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessLogCheckTest {
  private static final AccessLogPartition SERVICE = AccessLogPartition.LEDGER_QUERY;
  private static final Instant AT = Instant.parse("2026-11-21T05:39:28Z");

  private final List<Written> log = new ArrayList<>();

  private record Written(Optional<Hash> hash, String text) {
    static Written of(AccessRecord record) {
      byte[] value = TopicJson.MAPPER.writeValueAsBytes(record);
      byte[] previous = HexFormat.of().parseHex(record.previous().value().substring(2));
      return new Written(Optional.of(Hash.of(RecordHash.of(previous, value))),
          new String(value, StandardCharsets.UTF_8));
    }

    byte[] value() {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** An instance that writes to the end of the log. */
  private final class Instance {
    private final UUID id = UUID.randomUUID();
    private Hash previous;
    private long seq;

    Instance() {
      this(log.isEmpty() ? Optional.empty() : Optional.of(log.size() - 1L));
    }

    Instance(Optional<Long> after) {
      previous = after.map(position -> log.get(position.intValue()).hash().orElseThrow())
          .orElse(Hash.of(RecordHash.none()));
      write(new AccessEntry.Started(SERVICE.service(), after));
    }

    Instance write(AccessEntry entry) {
      seq++;
      Written written = Written.of(new AccessRecord(id, seq, previous, AT, entry));
      previous = written.hash().orElseThrow();
      log.add(written);
      return this;
    }

    Instance answer(int status) {
      return write(new AccessEntry.Answered(UUID.randomUUID(), "alice", List.of("all"), status));
    }
  }

  private static AccessLogCheck check(List<Written> records, long from) {
    AccessLogCheck check = new AccessLogCheck(SERVICE, from);
    for (int i = 0; i < records.size(); i++) {
      check.add(from + i, records.get(i).hash(), records.get(i).value());
    }
    return check;
  }

  private List<AccessLogPage.Fault> faults() {
    return check(log, 0).faults();
  }

  /** Two runs of two instances, which write in turn. */
  private void write() {
    Instance first = new Instance().answer(200);
    Instance second = new Instance().answer(403);
    first.answer(200).answer(404);
    second.answer(200);
    new Instance().answer(200).answer(200);
  }

  @Test
  void chains_that_hold_are_known_by_their_ends() {
    write();
    AccessLogCheck check = check(log, 0);
    assertThat(check.faults()).isEmpty();
    assertThat(check.chains()).extracting(AccessLogPage.Chain::lastSeq).containsExactly(4L, 3L, 3L);
    assertThat(check.chains()).allMatch(AccessLogPage.Chain::holds)
        .extracting(AccessLogPage.Chain::last).contains(log.getLast().hash().orElseThrow());
  }

  /** The last record of a chain is not known to be the last one; every other one is missed, whichever it is. */
  @Test
  void a_record_that_is_missing_is_noticed() {
    write();
    int missed = 0;
    for (int i = 0; i < log.size() - 1; i++) {
      List<Written> cut = new ArrayList<>(log);
      cut.remove(i);
      missed += check(cut, 0).faults().isEmpty() ? 0 : 1;
    }
    assertThat(missed).as("of %s", log.size() - 1).isEqualTo(log.size() - 1);
  }

  /** Kafka's own numbers would show a gap; those of a log that was made anew show none. */
  @Test
  void a_gap_of_positions_is_noticed() {
    write();
    AccessLogCheck check = new AccessLogCheck(SERVICE, 0);
    check.add(0, log.get(0).hash(), log.get(0).value());
    check.add(2, log.get(1).hash(), log.get(1).value());
    assertThat(check.faults()).extracting(AccessLogPage.Fault::position).containsExactly(2L);
  }

  /** With a hash of its own, only the end of a chain that no later chain has found is not noticed: here 5 and 9. */
  @Test
  void a_changed_record_is_noticed_also_with_a_hash_of_its_own() {
    write();
    for (int i = 0; i < log.size(); i++) {
      Written original = log.get(i);
      String changed = original.text().replace("ledger-query", "ledger-guery").replace("alice", "mallory");
      log.set(i, new Written(original.hash(), changed));
      assertThat(faults()).as("record %s", i).extracting(AccessLogPage.Fault::position).contains((long) i);
      AccessRecord read = TopicJson.MAPPER.readValue(changed, AccessRecord.class);
      log.set(i, Written.of(read));
      assertThat(faults().isEmpty()).as("record %s anew", i).isEqualTo(i == 5 || i == 9);
      log.set(i, original);
    }
    assertThat(faults()).isEmpty();
  }

  @Test
  void records_that_change_places_are_noticed() {
    write();
    for (int i = 0; i < log.size() - 1; i++) {
      Collections.swap(log, i, i + 1);
      boolean isOfOneChain = chain(i).equals(chain(i + 1));
      assertThat(!isOfOneChain || !faults().isEmpty()).as("%s and the next", i).isTrue();
      Collections.swap(log, i, i + 1);
    }
    assertThat(faults()).isEmpty();
  }

  private UUID chain(int position) {
    return TopicJson.MAPPER.readValue(log.get(position).value(), AccessRecord.class).chain();
  }

  @Test
  void a_record_that_is_added_is_noticed() {
    Instance only = new Instance().answer(200).answer(200);
    AccessRecord last = TopicJson.MAPPER.readValue(log.getLast().value(), AccessRecord.class);
    Written forged = Written.of(new AccessRecord(last.chain(), 4, log.getLast().hash().orElseThrow(), AT,
        new AccessEntry.Answered(UUID.randomUUID(), "mallory", List.of("all"), 200)));
    only.answer(200);
    log.add(3, forged);
    assertThat(faults()).extracting(AccessLogPage.Fault::position).containsExactly(4L);
    log.set(3, new Written(Optional.empty(), forged.text()));
    assertThat(faults()).extracting(AccessLogPage.Fault::position).contains(3L);
    log.set(3, new Written(forged.hash(), "{}"));
    assertThat(faults()).extracting(AccessLogPage.Fault::what).contains("the record cannot be read");
  }

  /** Its writer never leaves a number out, so somebody else has written it. */
  @Test
  void a_number_that_was_left_out_is_noticed_also_where_the_hashes_fit() {
    Instance only = new Instance().answer(200);
    only.seq++;
    only.answer(200);
    assertThat(faults()).extracting(AccessLogPage.Fault::what).containsExactly("seq 4 comes after seq 2");
  }

  @Test
  void an_end_that_was_cut_is_noticed_by_the_next_chain() {
    new Instance().answer(200).answer(200);
    new Instance();
    log.remove(2);
    assertThat(faults()).extracting(AccessLogPage.Fault::what)
        .containsExactly("the log had a record at position 2 when this chain began: its end is missing");
    log.add(2, log.get(1));
    assertThat(faults()).extracting(AccessLogPage.Fault::position).contains(3L);
  }

  @Test
  void a_chain_begins_where_it_says_and_in_its_own_log() {
    new Instance().answer(200);
    log.add(Written.of(new AccessRecord(UUID.randomUUID(), 1, Hash.of(RecordHash.none()), AT,
        new AccessEntry.Started("ledger-command", Optional.empty()))));
    log.add(Written.of(new AccessRecord(UUID.randomUUID(), 1, Hash.of(new byte[32]), AT,
        new AccessEntry.Started(SERVICE.service(), Optional.of(1L)))));
    log.add(Written.of(new AccessRecord(UUID.randomUUID(), 1, Hash.of(RecordHash.none()), AT,
        new AccessEntry.Answered(UUID.randomUUID(), "alice", List.of("all"), 200))));
    log.add(Written.of(new AccessRecord(UUID.randomUUID(), 2, Hash.of(RecordHash.none()), AT,
        new AccessEntry.Answered(UUID.randomUUID(), "alice", List.of("all"), 200))));
    assertThat(faults()).extracting(AccessLogPage.Fault::position).containsExactly(2L, 3L, 4L, 5L);
  }

  /** Two instances start at once, and neither sees the other. */
  @Test
  void instances_that_begin_at_the_same_time_find_the_same_end() {
    new Instance();
    new Instance(Optional.empty()).answer(200);
    new Instance(Optional.of(1L)).answer(200);
    assertThat(faults()).isEmpty();
  }

  /** What retention has removed is not judged; what is there is. */
  @Test
  void the_rest_of_a_log_is_judged_without_its_beginning() {
    write();
    for (int from = 1; from < log.size(); from++) {
      AccessLogCheck rest = check(log.subList(from, log.size()), from);
      assertThat(rest.faults()).as("from %s", from).isEmpty();
    }
    assertThat(check(log.subList(1, log.size()), 0).faults()).isNotEmpty();
  }
}
