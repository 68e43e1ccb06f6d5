package io.neuronledger.query.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.DSLContext;
import org.jooq.TransactionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A read with the token of a write sees it, whichever partition it is in, or is refused. */
class MinTokenIT {
  private static final int PARTITIONS = 2;

  private final QueryFixture fixture = new QueryFixture(PARTITIONS);
  private final AccountEventScript script = AccountEventScript.started(0, PARTITIONS);

  MinTokenIT() {
    fixture.process(script.seal().records());
    fixture.process(AccountEventScript.started(1, PARTITIONS).seal().records());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static BlockSelector selector(OptionalLong atBlock, long chain, Map<Integer, Long> next) {
    return new BlockSelector(atBlock, Optional.empty(), OptionalLong.empty(),
        Optional.of(new WriteToken(chain, new TreeMap<>(next))), false, Duration.ZERO);
  }

  private void assertSeen(Map<Integer, Long> next) {
    BlockSelector selector = selector(OptionalLong.empty(), PartitionStream.CHAIN_ID, next);
    long own = fixture.ownerReads().answer(Wallets.wallet(1), selector, (at, _) -> at.block());
    long global = fixture.globalReads().answer(selector, (asOf, _) -> asOf.block());
    long past = fixture.ownerReads().answer(Wallets.wallet(1),
        selector(OptionalLong.of(1), PartitionStream.CHAIN_ID, next), (at, _) -> at.block());
    assertThat(List.of(own, global, past)).containsOnly(1L);
  }

  private void assertRefused(ProblemCode code, long chain, Map<Integer, Long> next) {
    BlockSelector selector = selector(OptionalLong.empty(), chain, next);
    assertThatThrownBy(() -> fixture.ownerReads().answer(Wallets.wallet(1), selector, (at, _) -> at))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    assertThatThrownBy(() -> fixture.globalReads().answer(selector, (asOf, _) -> asOf))
        .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void every_partition_of_the_token_must_have_been_read() {
    long zero = fixture.nextSeq(0);
    long one = fixture.nextSeq(1);
    assertSeen(Map.of());
    assertSeen(Map.of(0, zero, 1, one));
    assertSeen(Map.of(1, one));
    assertRefused(ProblemCode.WRITE_NOT_REACHED, PartitionStream.CHAIN_ID, Map.of(0, zero + 1));
    assertRefused(ProblemCode.WRITE_NOT_REACHED, PartitionStream.CHAIN_ID, Map.of(1, one + 1));
    assertRefused(ProblemCode.WRITE_NOT_REACHED, PartitionStream.CHAIN_ID, Map.of(0, zero, 1, one + 1));
  }

  private static BlockSelector waiting(long next, Duration atMost) {
    return new BlockSelector(OptionalLong.empty(), Optional.empty(), OptionalLong.empty(),
        Optional.of(new WriteToken(PartitionStream.CHAIN_ID, new TreeMap<>(Map.of(0, next)))), false, atMost);
  }

  @Test
  void a_read_waits_for_a_write_that_is_read_later() throws InterruptedException, ExecutionException {
    long next = fixture.nextSeq(0);
    BlockSelector waiting = waiting(next + 1, Duration.ofMinutes(1));
    try (SealWatch watch = new SealWatch(fixture.reader()).start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      OwnerReads own = new OwnerReads(fixture.reader(), fixture.partitions(), watch, fixture.following());
      GlobalReads global = new GlobalReads(fixture.reader(), fixture.partitions(), watch, fixture.following());
      Future<Long> ownBlock = threads.submit(() -> own.answer(Wallets.wallet(1), waiting, (at, _) -> at.block()));
      Future<Long> globalBlock = threads.submit(() -> global.answer(waiting, (asOf, _) -> asOf.block()));
      fixture.process(script.seal().records().stream().filter(record -> record.seq() >= next).toList());
      assertThat(List.of(ownBlock.get(), globalBlock.get())).allMatch(block -> block >= 1);
    }
  }

  /** Anybody can make a token with a seq that never comes. */
  @Test
  void a_read_that_waits_does_not_ask_the_database_again_and_again() {
    AtomicInteger looks = new AtomicInteger();
    DSLContext counting = fixture.db().configuration().derive(TransactionListener.onBeginStart(
        _ -> looks.incrementAndGet())).dsl();
    try (SealWatch watch = new SealWatch(fixture.reader()).start()) {
      BlockSelector waiting = waiting(Long.MAX_VALUE, Duration.ofSeconds(1));
      assertThatThrownBy(() -> new OwnerReads(counting, fixture.partitions(), watch, fixture.following())
          .answer(Wallets.wallet(1), waiting, (at, _) -> at)).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> new GlobalReads(counting, fixture.partitions(), watch, fixture.following())
          .answer(waiting, (asOf, _) -> asOf)).isInstanceOf(Refusal.class);
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void a_token_of_another_ledger_is_refused() {
    assertRefused(ProblemCode.BAD_TOKEN, PartitionStream.CHAIN_ID + 1, Map.of(0, 1L));
    assertRefused(ProblemCode.BAD_TOKEN, PartitionStream.CHAIN_ID, Map.of(PARTITIONS, 1L));
    assertSeen(Map.of(PARTITIONS - 1, 1L));
  }
}
