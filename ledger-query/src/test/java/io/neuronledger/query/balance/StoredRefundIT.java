package io.neuronledger.query.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.QueryFixture;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;

/** The database decides as {@link RefundRules} does whether a refund is claimable. */
class StoredRefundIT {
  private static final QueryFixture FIXTURE = new QueryFixture(1);

  @AfterContainer
  static void close() {
    FIXTURE.close();
  }

  /** @param more how long after the end of the lock the block is */
  @Property(tries = 200)
  void around_the_end_of_any_lock(@ForAll @LongRange(min = 0, max = 10_000_000) long lock,
      @ForAll @LongRange(min = -2, max = 2) long more) {
    assertAgree(Chain.GENESIS, Chain.GENESIS.plusSeconds(lock + more), Duration.ofSeconds(lock));
  }

  @Property(tries = 100)
  void with_a_lock_of_any_length(@ForAll @LongRange(min = 0) long lock,
      @ForAll @LongRange(min = 0, max = 10_000_000) long age) {
    assertAgree(Chain.GENESIS, Chain.GENESIS.plusSeconds(age), Duration.ofSeconds(lock));
  }

  private static void assertAgree(Instant requestedAt, Instant blockTime, Duration lock) {
    assertThat(FIXTURE.db().fetchValue(field(condition(StoredRefund.isClaimable("{0}", "{1}", "{2}"),
        val(requestedAt.atOffset(ZoneOffset.UTC)), val(blockTime.atOffset(ZoneOffset.UTC)), val(lock.toSeconds())))))
        .isEqualTo(RefundRules.isClaimable(requestedAt, blockTime, lock));
  }
}
