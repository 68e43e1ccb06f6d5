package io.neuronledger.indexer.decode.zerog.verify;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.input.BlockActions;
import io.neuronledger.indexer.decode.zerog.input.BlockRange;
import io.neuronledger.indexer.decode.zerog.input.BlockRangeReader;
import io.neuronledger.indexer.decode.zerog.input.ServiceRegistrations;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.state.StateReader;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies decoded blocks against LedgerManager's native balance and the contracts' storage roots. For a block with an
 * action on the contracts or a changed root, it traces every call if the node traces; where the node does not, or where
 * the calls do not explain the state, it compares states.
 */
public final class BalanceCheck {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final BlockTraces traces;
  private final BlockActions actions;
  private final ContractBalances balances;
  private final BlockRangeReader rangeReader;
  private final StateDiff stateDiff;

  public BalanceCheck(WalletAddress manager, ChainNode node, CodeCheck codeCheck, BlockTraces traces,
      BlockActions actions, ContractBalances balances, ServiceRegistrations registrations) {
    this.manager = manager;
    this.node = node;
    this.codeCheck = codeCheck;
    this.traces = traces;
    this.actions = actions;
    this.balances = balances;
    this.rangeReader = new BlockRangeReader(manager, node, registrations);
    this.stateDiff = new StateDiff(manager, node, actions, codeCheck);
  }

  /**
   * @param rest the block and those fetched with it, in order
   * @param model the state before it
   * @param doubt further knowledge about the block
   * @return the corrections from this block on; empty where nothing happened and nothing has to be examined
   */
  public Optional<Corrections> corrections(List<BlockData> rest, Map<WalletAddress, ServiceRegistration> newServices,
      ContractModel model,
      Doubt doubt) {
    BlockData block = rest.getFirst();
    if (block.header().isEmpty()) {
      return Optional.empty();
    }
    Optional<Neuron> held = balances.at(block.header().ref());
    if (held.isEmpty()) {
      BlockRef readable = readableFrom(rest);
      BlockRange range = rangeReader.upTo(readable, block, newServices, model);
      return Optional.of(explain(range, model, new StateReader(manager, node, readable).balance(), doubt));
    }
    if (!doubt.open() && actions.isQuiet(block, WatchedContracts.of(manager, model, newServices), model)
        && held.get().value().subtract(model.available()).equals(model.surplus().orElseThrow())) {
      return Optional.empty();
    }
    BlockRange alone = new BlockRange(List.of(block), Map.of(block.header().number(), newServices));
    return Optional.of(explain(alone, model, held.get(), doubt));
  }

  /**
   * Knowledge about a block besides its logs, calls and native balance.
   *
   * @param open whether it must be examined in any case
   * @param changed whether only a contract's storage root shows a change in it
   * @param proved whether the node proves storage roots here
   * @param completeTo the last block before it up to which no change is missing
   */
  public record Doubt(boolean open, boolean changed, boolean proved, long completeTo) {}

  /**
   * Verifies that the corrections of a range still hold when its blocks are decoded, which may be much later and with
   * another node.
   *
   * @param known the corrections before the block
   * @param model the state after the block
   * @throws RpcFailure if they do not hold: then the block is not decoded
   */
  public void confirm(BlockRef block, Optional<Corrections> known, BlockActions.Result acted,
      NegativeBalances negativeBalances,
      ContractModel model) {
    if (acted.open() && known.filter(running -> running.untraced().contains(block.number())).isEmpty()) {
      throw inconsistent("does not trace block " + block + ", whose calls were traced when it was compared");
    }
    if (!negativeBalances.isEmpty()) {
      throw inconsistent("block " + block + " would make a balance negative: " + negativeBalances.all());
    }
    boolean ends = known.filter(running -> running.to() == block.number()).isPresent();
    balances.at(block).filter(_ -> ends).map(held -> held.value().subtract(model.available()))
        .filter(surplus -> !surplus.equals(model.surplus().orElseThrow())).ifPresent(surplus -> {
          throw inconsistent("after block " + block + " LedgerManager holds " + surplus + " more than its ledgers, "
              + "not " + model.surplus().orElseThrow());
        });
  }

  private RpcFailure inconsistent(String what) {
    return new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": " + what);
  }

  /** The first of these blocks whose state the node holds; otherwise the node's newest block. */
  public BlockRef readableFrom(List<BlockData> rest) {
    return rest.stream().map(block -> block.header().ref()).filter(block -> balances.at(block).isPresent()).findFirst()
        .orElseGet(() -> node.newest(false).ref());
  }

  private Corrections explain(BlockRange range, ContractModel model, Neuron held, Doubt doubt) {
    boolean offered = traces.offeredBy(node);
    if (!range.isSingle()) {
      return explainBetweenStates(range, model, held, offered, doubt);
    }
    if (offered) {
      DryRun dryRun = dryRun(range, model, true);
      // A change without a call or a log is not explained by the calls.
      if (agrees(dryRun, model, held) && (!doubt.changed() || dryRun.touched())) {
        return Corrections.none(range.from(), range.to(), true, model.surplus().orElseThrow());
      }
    } else if (!doubt.proved() && agrees(dryRun(range, model, false), model, held)) {
      return Corrections.none(range.from(), range.to(), false, model.surplus().orElseThrow());
    }
    return stateDiff.between(range, model, held, offered, doubt.completeTo());
  }

  /** Explains several blocks between two states. Blocks with possible unseen calls are traced first. */
  private Corrections explainBetweenStates(BlockRange range, ContractModel model, Neuron held, boolean offered,
      Doubt doubt) {
    if (!offered || agrees(dryRun(range, model, false), model, held)) {
      Corrections found = stateDiff.between(range, model, held, false, doubt.completeTo());
      if (!offered || found.missing().equals(Corrections.Missing.NOTHING)) {
        return found;
      }
    }
    return stateDiff.between(range, model, held, true, doubt.completeTo());
  }

  private DryRun dryRun(BlockRange range, ContractModel model, boolean traced) {
    return DryRun.of(range, model, Corrections.dryRun(range.from(), traced), manager, actions, codeCheck);
  }

  private static boolean agrees(DryRun dryRun, ContractModel before, Neuron held) {
    return dryRun.negativeBalances().isEmpty() && dryRun.untraced().isEmpty()
        && held.value().subtract(dryRun.model().available()).equals(before.surplus().orElseThrow());
  }
}
