package io.neuronledger.cli.demo;

import io.neuronledger.cli.answer.FinanceApi;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import java.util.List;

/** The demonstration without output, to fill a new stack with accounts, usage and settlements. */
public final class Play implements Marketplace.Observer {
  private final LedgerApi ledger;

  private Play(LedgerApi ledger) {
    this.ledger = ledger;
  }

  /** Plays on the stack's own chain, if the chain is new. */
  public static void on(Stack stack) {
    stack.devChain().filter(DevChain::fresh).ifPresent(chain -> {
      new LifeCycle(chain.node().control(), chain.contract(), (_, _, _) -> { }).play();
      new Marketplace(chain.node().control(), chain.contract(),
          new FinanceApi(stack::broker, stack.api()), new Play(stack.api())).play();
    });
  }

  /** Waits until the ledger has reached the block: before it follows the chain it accepts no usage. */
  @Override
  public void balances(String name, BlockHeader block, List<OwnerAnswer> expected) {
    var _ = ledger.ownerAt(expected.getFirst().owner(), block);
  }

  @Override
  public void providerRows(String name, BlockHeader block, List<OwnerAnswer> owners,
      Comparison.ProviderRows rows) {}
}
