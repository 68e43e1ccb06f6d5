package io.neuronledger.query.asof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two partitions that process forks one after the other. */
class LowestSealedBlockIT {
  private final QueryFixture fixture = new QueryFixture(2);
  private final AccountEventScript first = AccountEventScript.started(0, 2);
  private final AccountEventScript second = AccountEventScript.started(1, 2);
  private final Map<AccountEventScript, Integer> processed = new HashMap<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void it_is_the_lowest_block_of_the_partitions() {
    first.seal(5);
    assertThat(common()).isEmpty();
    second.seal(3);
    assertCommon(3, 0);
  }

  @Test
  void it_is_before_a_fork_until_every_partition_has_processed_it() {
    first.seal(10);
    second.seal(10).retract(6).seal(3);
    assertCommon(5, 0);
    first.retract(6);
    assertCommon(5, 0);
    first.seal(2);
    assertCommon(7, 1);
  }

  @Test
  void it_is_before_the_deepest_of_several_forks() {
    first.seal(10);
    second.seal(10).retract(4).seal(5).retract(7).seal();
    assertCommon(3, 0);
    first.retract(4).seal(5);
    assertCommon(6, 1);
    first.retract(7).seal();
    assertCommon(7, 2);
  }

  @Test
  void there_is_none_after_a_fork_before_the_first_sealed_block() {
    first.seal(2);
    second.seal(2).retract(1).seal();
    assertThat(common()).isEmpty();
    first.retract(1).seal();
    assertCommon(1, 1);
  }

  /** Whether an entry is unknown or not shown yet is not said by which of the two reads refused it. */
  @Test
  void a_read_of_one_ledger_and_one_of_all_are_refused_alike() {
    assertRefused(BlockSelector.NEWEST, ProblemCode.NOTHING_SEALED,
        "no block is sealed yet in every partition that the answer needs");
    first.seal(5);
    second.seal(3);
    common();
    assertRefused(new BlockSelector(OptionalLong.empty(), Optional.empty(), OptionalLong.of(8), false, Duration.ZERO),
        ProblemCode.BLOCK_NOT_REACHED, "block 8 was not sealed within 0 s");
  }

  private void assertRefused(BlockSelector selector, ProblemCode code, String detail) {
    assertThat(refusal(() -> fixture.ownerReads().answer(Wallets.wallet(1), selector, (at, _) -> at)))
        .isEqualTo(List.of(code, detail))
        .isEqualTo(refusal(() -> fixture.globalReads().answer(selector, (asOf, _) -> asOf)));
  }

  private static List<Object> refusal(ThrowingCallable read) {
    Refusal refusal = catchThrowableOfType(Refusal.class, read);
    return List.of(refusal.code(), String.valueOf(refusal.getMessage()));
  }

  private void assertCommon(long block, int branch) {
    assertThat(common()).hasValueSatisfying(asOf -> {
      assertThat(asOf.block()).isEqualTo(block);
      assertThat(asOf.blockHash()).isEqualTo(Chain.blockHash(block, branch));
      assertThat(asOf.blockTime()).isEqualTo(Chain.blockTime(block));
    });
  }

  private Optional<AsOf> common() {
    for (AccountEventScript script : List.of(first, second)) {
      fixture.process(script.records().subList(processed.getOrDefault(script, 0), script.records().size()));
      processed.put(script, script.records().size());
    }
    return LowestSealedBlock.find(fixture.db(), fixture.following());
  }
}
