package io.neuronledger.local.demo;

import io.neuronledger.infra.devchain.rpc.BlockHeader;
import io.neuronledger.local.answer.FinanceApi;
import io.neuronledger.local.answer.LedgerApi;
import io.neuronledger.local.answer.OwnerAnswer;
import io.neuronledger.local.stack.Stack;
import io.neuronledger.local.stack.chain.DevChain;
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
          new FinanceApi(new LedgerApi(stack.command().url()), stack.api()), new Play(stack.api())).play();
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
