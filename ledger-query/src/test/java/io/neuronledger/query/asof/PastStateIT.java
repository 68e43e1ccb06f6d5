package io.neuronledger.query.asof;

import static io.neuronledger.query.db.Tables.BLOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.PointInTime;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jooq.DSLContext;
import org.jooq.TransactionListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Past states by time, and final ones. */
class PastStateIT {
  private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private final QueryFixture fixture = new QueryFixture(1);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void the_last_block_until_a_time_is_found_among_blocks_of_the_same_second() {
    SplittableRandom random = new SplittableRandom(16);
    for (int blocks : List.of(1, 2, 3, 30)) {
      long first = random.nextLong(1_000);
      List<Instant> times = new ArrayList<>();
      Instant time = BEGINNING;
      for (int i = 0; i < blocks; i++) {
        time = time.plusSeconds(random.nextInt(3));
        times.add(time);
        fixture.db().insertInto(BLOCK).set(BLOCK.BLOCK_, first + i).set(BLOCK.BLOCK_HASH, hash(i))
            .set(BLOCK.BLOCK_TIME, time).execute();
      }
      for (Instant at = BEGINNING.minusSeconds(2); at.isBefore(time.plusSeconds(2)); at = at.plusMillis(500)) {
        Instant until = at;
        long expected = first - 1 + times.stream().filter(each -> !each.isAfter(until)).count();
        assertThat(StoredBlocks.lastUntil(new PointInTime(at), first, first + blocks - 1, fixture.db()))
            .as("until " + at + " of " + times).isEqualTo(expected);
      }
      fixture.owner().deleteFrom(BLOCK).execute();
    }
  }

  @Test
  void a_state_is_that_of_the_last_block_until_the_time_once_a_later_one_is_sealed() {
    fixture.process(AccountEventScript.started(0, 1).seal(5).records());

    assertThat(answered(atTime(Chain.blockTime(3))).block()).isEqualTo(3);
    assertThat(answered(atTime(Chain.blockTime(4).minusMillis(1))).block()).isEqualTo(3);
    assertThat(answered(atTime(Chain.blockTime(5).minusMillis(1))).block()).isEqualTo(4);
    assertThat(answered(atTime(Chain.blockTime(4).minusNanos(1))).block()).as("no rounding up").isEqualTo(3);
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, () -> answered(atTime(Chain.blockTime(5))));
    assertRefused(ProblemCode.BLOCK_BEFORE_START, () -> answered(atTime(Chain.blockTime(1).minusMillis(1))));
  }

  @Test
  void a_block_is_found_by_time() {
    fixture.process(AccountEventScript.started(0, 1).seal(5).records());

    assertThat(blockAt(Chain.blockTime(3))).satisfies(asOf -> {
      assertThat(asOf.block()).isEqualTo(3);
      assertThat(asOf.blockHash()).isEqualTo(Chain.blockHash(3, 0));
      assertThat(asOf.behind()).isFalse();
    });
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, () -> blockAt(Chain.blockTime(5)));
    assertRefused(ProblemCode.BLOCK_BEFORE_START, () -> blockAt(Chain.blockTime(1).minusMillis(1)));
  }

  @Test
  void only_final_blocks_count_where_they_are_asked_for() {
    AccountEventScript script = AccountEventScript.started(0, 1).seal(5);
    fixture.process(script.records());
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, () -> answered(finalOf(BlockSelector.NEWEST)));

    int processed = script.records().size();
    script.finality(3).seal();
    fixture.process(script.records().subList(processed, script.records().size()));

    assertThat(answered(finalOf(BlockSelector.NEWEST))).satisfies(asOf -> {
      assertThat(asOf.block()).isEqualTo(3);
      assertThat(asOf.finalized()).isTrue();
    });
    assertThat(answered(finalOf(QueryFixture.at(3))).block()).isEqualTo(3);
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, () -> answered(finalOf(QueryFixture.at(4))));
    assertThat(answered(finalOf(atTime(Chain.blockTime(2)))).block()).isEqualTo(2);
    // A block that is not final can still be replaced by one of the same second.
    assertRefused(ProblemCode.BLOCK_NOT_REACHED, () -> answered(finalOf(atTime(Chain.blockTime(3)))));
  }

  @Test
  void a_request_that_waits_looks_again_only_after_another_block() {
    AccountEventScript script = AccountEventScript.started(0, 1).seal(5);
    fixture.process(script.records());
    AtomicInteger looks = new AtomicInteger();
    DSLContext counting = fixture.db().configuration().derive(TransactionListener.onBeginStart(
        _ -> looks.incrementAndGet())).dsl();
    try (SealWatch watch = new SealWatch(fixture.reader()).start()) {
      OwnerReads reads = new OwnerReads(counting, fixture.partitions(), watch, fixture.following());
      for (BlockSelector selector : List.of(atTime(Chain.blockTime(5)), finalOf(BlockSelector.NEWEST),
          finalOf(QueryFixture.at(4)))) {
        looks.set(0);
        BlockSelector waiting = new BlockSelector(selector.atBlock(), selector.atTime(), selector.minBlock(),
            selector.isFinal(), Duration.ofSeconds(1));
        assertRefused(ProblemCode.BLOCK_NOT_REACHED,
            () -> reads.answer(Wallets.wallet(1), waiting, (at, _) -> at.asOf()));
        // The first look, and one after the watch has looked for the first time.
        assertThat(looks.get()).isLessThanOrEqualTo(2);
      }
    }
  }

  private AsOf answered(BlockSelector selector) {
    return fixture.ownerReads().answer(Wallets.wallet(1), selector, (at, _) -> at.asOf());
  }

  private AsOf blockAt(Instant time) {
    return fixture.globalReads().blockAt(new PointInTime(time));
  }

  private static void assertRefused(ProblemCode code, ThrowingCallable question) {
    assertThatThrownBy(question).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  private static BlockSelector atTime(Instant time) {
    return new BlockSelector(OptionalLong.empty(), Optional.of(new PointInTime(time)), OptionalLong.empty(), false,
        Duration.ZERO);
  }

  private static BlockSelector finalOf(BlockSelector selector) {
    return new BlockSelector(selector.atBlock(), selector.atTime(), selector.minBlock(), true, Duration.ZERO);
  }

  private static Hash hash(int number) {
    return Chain.blockHash(number, 0);
  }
}
