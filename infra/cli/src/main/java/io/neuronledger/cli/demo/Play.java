package io.neuronledger.cli.demo;

import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The demonstration without output, to fill a new stack with accounts, usage and settlements. Where the chain begins at
 * {@link #genesisTime}, the accounts are of last month, usage and settlements of today. One request is left to be
 * reported.
 */
public final class Play implements Marketplace.Observer {
  private final LedgerApi ledger;

  private Play(LedgerApi ledger) {
    this.ledger = ledger;
  }

  /** Noon of the first day of last month, so that what the accounts are then is long done when the month ends. */
  public static Instant genesisTime(Instant now) {
    return YearMonth.from(now.atOffset(ZoneOffset.UTC)).minusMonths(1).atDay(1).atTime(LocalTime.NOON)
        .toInstant(ZoneOffset.UTC);
  }

  /** The provider that has served the request which is left to be reported. */
  public static WalletAddress provider() {
    return Marketplace.lateProvider();
  }

  /** Plays on the stack's own chain, if the chain is new. */
  public static void on(Stack stack, Instant now) {
    stack.devChain().filter(DevChain::fresh).ifPresent(chain -> {
      AnvilControl clock = chain.node().control();
      new LifeCycle(clock, chain.contract(), (_, _, _) -> { }).play();
      Marketplace marketplace = new Marketplace(clock, chain.contract(),
          new FinanceApi(stack::broker, stack.api()), new Play(stack.api()));
      BlockHeader funded = marketplace.fund();
      var _ = marketplace.useAndSettle(funded, today(clock, funded, now));
      moveTo(now, clock);
    });
  }

  /** Moves the clock into today, all requests being of the same day; it stays where it has come to later. */
  private static Instant today(AnvilControl clock, BlockHeader head, Instant now) {
    Instant served = now.truncatedTo(ChronoUnit.DAYS).plusSeconds(Marketplace.REQUESTS);
    if (!served.isAfter(head.time())) {
      return head.time();
    }
    clock.setNextBlockTime(served);
    return served;
  }

  private static void moveTo(Instant now, AnvilControl clock) {
    Duration behind = Duration.between(clock.head().time(), now);
    if (behind.isPositive()) {
      clock.increaseTime(behind);
      clock.mine();
    }
  }

  /** Waits until the ledger has reached the block: before it follows the chain it accepts no usage. */
  @Override
  public void balances(String name, BlockHeader block, List<OwnerAnswer> expected) {
    var _ = ledger.ownerAt(expected.getFirst().owner(), block);
  }

  @Override
  public void providerRows(String name, BlockHeader block, List<OwnerAnswer> owners,
      Comparison.ProviderRows rows) {}

  @Override
  public void quotes(String name, BlockHeader block, List<OwnerAnswer> owners, Comparison.Quotes quotes) {}
}
