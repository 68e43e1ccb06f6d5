package io.neuronledger.query.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.PartitionBatch;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The effect of the next record on a partition of four records, the last one at offset 6. */
class HaltedPartitionIT {
  private static final Partitions PARTITIONS = new Partitions(2);
  private static final WalletAddress OWNER = Wallets.inPartition(0, 0, PARTITIONS);
  private static final WalletAddress NEIGHBOUR = Wallets.inPartition(0, 1, PARTITIONS);
  private static final WalletAddress ELSEWHERE = Wallets.inPartition(1, 0, PARTITIONS);
  private static final long NEXT_OFFSET = 7;
  private static final long NEXT_SEQ = 4;

  private final QueryFixture fixture = new QueryFixture(2);
  private final AccountEventScript script = AccountEventScript.started(0, 2).deposit(OWNER, Neuron.parse("1")).seal()
      .seal();

  HaltedPartitionIT() {
    fixture.process(script.records());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void at_an_unread_offset_any_seq_but_the_next_halts() {
    for (long seq : new long[] {0, 1, 3}) {
      assertThat(halt(NEXT_OFFSET, OWNER, record(0, seq, deposit(OWNER, 3))))
          .hasValueSatisfying(reason -> assertThat(reason).startsWith(
              "ledger.account-events.v1, partition 0, offset 7: a repetition: expected seq 4, found seq " + seq));
    }
    assertThat(halt(NEXT_OFFSET + 3, OWNER, record(0, 5, deposit(OWNER, 3))))
        .hasValueSatisfying(reason -> assertThat(reason).startsWith(
            "ledger.account-events.v1, partition 0, offset 10: a hole: expected seq 4, found seq 5"));
    assertNothingProcessed();
  }

  @Test
  void the_next_seq_is_accepted_at_any_unread_offset() {
    assertThat(halt(NEXT_OFFSET + 1_000, OWNER, record(0, NEXT_SEQ, deposit(OWNER, 3)))).isEmpty();
    assertThat(rows("entry")).hasSize(2);
  }

  @Test
  void a_record_that_names_another_partition_halts() {
    assertHalts("it names partition 1", OWNER, record(1, NEXT_SEQ, deposit(OWNER, 3)));
  }

  @Test
  void a_record_under_another_owners_key_halts_and_quarantines_no_owner() {
    assertHalts("its key is not its owner", NEIGHBOUR, record(0, NEXT_SEQ, deposit(OWNER, 3)));
    assertHalts("its key is no owner of this partition", ELSEWHERE, record(0, NEXT_SEQ, deposit(ELSEWHERE, 3)));
    assertHalts("its key is not its owner", null, record(0, NEXT_SEQ, deposit(OWNER, 3)));
    assertThat(rows("quarantine")).isEmpty();
  }

  @Test
  void a_record_of_the_whole_partition_under_an_owners_key_halts() {
    assertHalts("has a key", OWNER, record(0, NEXT_SEQ, seal(3, 0)));
  }

  @Test
  void a_record_of_another_chain_halts() {
    AccountRecord own = record(0, NEXT_SEQ, deposit(OWNER, 3));
    assertHalts("of chain 1", OWNER, new AccountRecord(1, 0, NEXT_SEQ, own.stream(), 1, own.recordedAt(), own.event()));
  }

  @Test
  void a_deployment_declared_for_another_chain_than_its_record_halts() {
    Deployment deployment = new Deployment(1, "account-ledger", List.of(Wallets.wallet(0)), 1, 1, 2);
    AccountRecord first = record(0, 0, new PartitionEvent.DeploymentDeclared(deployment));
    try (QueryFixture fresh = new QueryFixture(2)) {
      assertThat(halt(fresh, 0, null, first)).hasValueSatisfying(
          reason -> assertThat(reason).contains("another deployment is declared"));
    }
  }

  @Test
  void a_seal_halts_unless_it_is_a_later_block_of_the_partitions_branch_or_the_last_one_again() {
    PartitionEvent.BlockSealed again = seal(2, 0);
    assertHalts("after block 2", null, record(0, NEXT_SEQ, new PartitionEvent.BlockSealed(2,
        Chain.blockHash(3, 0), again.blockTime(), 0, again.finalizedBlock(), NEXT_SEQ)));
    assertHalts("after block 2", null, record(0, NEXT_SEQ, seal(1, 0)));
    assertHalts("up to chain seq 1 after block 2", null, record(0, NEXT_SEQ, new PartitionEvent.BlockSealed(2,
        again.blockHash(), again.blockTime(), 0, again.finalizedBlock(), 1)));
    assertHalts("up to chain seq 2 after block 2", null, record(0, NEXT_SEQ, new PartitionEvent.BlockSealed(3,
        Chain.blockHash(3, 0), again.blockTime(), 0, again.finalizedBlock(), 2)));
    assertHalts("on branch 1", null, record(0, NEXT_SEQ, seal(3, 1)));
  }

  @Test
  void a_retraction_halts_unless_it_leads_to_the_next_branch() {
    assertHalts("to branch 0", null, record(0, NEXT_SEQ, new PartitionEvent.BranchRetracted(2, 0)));
    assertHalts("to branch 2", null, record(0, NEXT_SEQ, new PartitionEvent.BranchRetracted(2, 2)));
  }

  @Test
  void a_seal_may_be_of_any_later_block() {
    assertThat(halt(NEXT_OFFSET, null, record(0, NEXT_SEQ, seal(9, 0)))).isEmpty();
  }

  @Test
  void an_event_beyond_the_partitions_branch_halts() {
    AccountEventScript ahead = AccountEventScript.started(0, 2).seal().seal().retract(2).seal()
        .deposit(OWNER, Neuron.parse("9"));
    assertHalts("is of branch 1", OWNER, record(0, NEXT_SEQ, ahead.records().getLast().event()));
  }

  private void assertHalts(String reason, @Nullable WalletAddress key, AccountRecord next) {
    assertThat(halt(NEXT_OFFSET, key, next)).hasValueSatisfying(halted -> assertThat(halted)
        .startsWith("ledger.account-events.v1, partition 0, offset 7: ").contains(reason));
    assertNothingProcessed();
  }

  private void assertNothingProcessed() {
    assertThat(rows("entry")).hasSize(1);
    assertThat(fixture.visible()).isEqualTo(2);
  }

  private List<String> rows(String table) {
    return Objects.requireNonNull(fixture.tables().get(table));
  }

  private Optional<String> halt(long offset, @Nullable WalletAddress key, AccountRecord next) {
    return halt(fixture, offset, key, next);
  }

  /** The reason if the partition halts at the record. */
  private static Optional<String> halt(QueryFixture fixture, long offset, @Nullable WalletAddress key,
      AccountRecord next) {
    long expectedSeq = fixture.nextSeq(0);
    PartitionBatch<AccountRecord> received =
        fixture.received(0, expectedSeq, List.of(QueryFixture.delivered(offset, key, next)));
    CommittedBatch processed = fixture.writer().write(List.of(received));
    return processed.partitions().getFirst().stopped();
  }

  private static AccountRecord record(int partition, long seq, AccountEvent event) {
    return new AccountRecord(PartitionStream.CHAIN_ID, partition, seq, "ledger:" + OWNER, 1,
        PartitionStream.RECORDED_AT, event);
  }

  private static LedgerEvent deposit(WalletAddress owner, long block) {
    return (LedgerEvent) new AccountEventScript(0, block).deposit(owner, Neuron.parse("1000000")).records().getLast()
        .event();
  }

  private static PartitionEvent.BlockSealed seal(long block, int branch) {
    return new PartitionEvent.BlockSealed(block, Chain.blockHash(block, branch), Chain.blockTime(block), branch, -1,
        NEXT_SEQ);
  }
}
