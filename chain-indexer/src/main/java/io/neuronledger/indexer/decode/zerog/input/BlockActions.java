package io.neuronledger.indexer.decode.zerog.input;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import io.neuronledger.indexer.decode.zerog.replay.action.TransactionActions;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.decode.zerog.trace.TraceStep;
import io.neuronledger.indexer.decode.zerog.trace.TracedActions;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The actions of each transaction of a block: from the transaction itself and its logs, and from a trace where a
 * contract may have called the followed contracts.
 */
public final class BlockActions {
  private static final int HEX_PREFIX = 2;

  private final WalletAddress manager;
  private final ChainNode node;
  private final BlockTraces traces;
  private final Receipts receipts;
  private final Map<Hash, Optional<Map<Hash, List<TraceStep>>>> traced = new HashMap<>();

  public BlockActions(WalletAddress manager, ChainNode node, BlockTraces traces, Receipts receipts) {
    this.manager = manager;
    this.node = node;
    this.traces = traces;
    this.receipts = receipts;
  }

  /**
   * @param transactions in order; each is computed with the model right before it
   * @param open whether unseen calls are possible
   */
  public record Result(List<Function<ContractModel, TransactionActions>> transactions, boolean open) {}

  /** @param model the state before the block; its corrections decide how the blocks of their range are read */
  public Result of(BlockData block, WatchedContracts followed, ContractModel model) {
    receipts.fetch(List.of(block), followed);
    boolean everything = model.corrections().map(Corrections::traced).orElse(false);
    boolean blind = model.corrections().filter(running -> running.untraced().contains(block.header().number()))
        .isPresent();
    Map<Integer, List<LogEntry>> logs = new HashMap<>();
    block.logs().forEach(log -> logs.computeIfAbsent(log.transactionIndex(), _ -> new ArrayList<>()).add(log));
    boolean closer = everything ? !block.header().isEmpty() : block.header().transactions().stream()
        .anyMatch(transaction -> isDoubtful(transaction, followed, model, logs));
    Optional<Map<Hash, List<TraceStep>>> steps = closer && !blind ? trace(block) : Optional.empty();
    List<Function<ContractModel, TransactionActions>> transactions = new ArrayList<>();
    for (ChainTransaction transaction : block.header().transactions()) {
      List<LogEntry> own = logs.getOrDefault(transaction.index(), List.of());
      Optional<List<TraceStep>> seen = steps.map(all -> all.get(transaction.hash()));
      if (!own.isEmpty() || seen.isPresent() || receipts.succeededCall(transaction, followed).isPresent()) {
        transactions.add(known -> new TransactionActions(transaction.hash(), transaction.index(), transaction.from(),
            transaction.to(), seen.map(trace -> TracedActions.of(trace, own, followed, known))
                .orElseGet(() -> actions(transaction, own, followed))));
      }
    }
    return new Result(transactions, closer && steps.isEmpty());
  }

  /** Whether the block has no action on the followed contracts. */
  public boolean isQuiet(BlockData block, WatchedContracts followed, ContractModel model) {
    receipts.fetch(List.of(block), followed);
    return block.logs().isEmpty() && block.header().transactions().stream().noneMatch(transaction ->
        isDoubtful(transaction, followed, model, Map.of())
            || receipts.succeededCall(transaction, followed).isPresent());
  }

  private List<ContractAction> actions(ChainTransaction transaction, List<LogEntry> logs, WatchedContracts followed) {
    List<ContractAction> actions = new ArrayList<>();
    receipts.succeededCall(transaction, followed).ifPresent(call ->
        actions.add(new ContractAction.Called(transaction.to().orElseThrow(), transaction.from(), call, false)));
    logs.forEach(log -> actions.add(new ContractAction.Logged(log)));
    return actions;
  }

  /**
   * Whether a contract may have called a followed contract: the transaction has logs of one, or its callee has a
   * ledger, or its input contains the address of one. A call missed here shows in LedgerManager's native balance; a
   * missed acknowledgement does not.
   */
  private boolean isDoubtful(ChainTransaction transaction, WatchedContracts followed, ContractModel model,
      Map<Integer, List<LogEntry>> logs) {
    if (transaction.to().filter(followed::has).isPresent()) {
      return false;
    }
    return logs.containsKey(transaction.index())
        || (transaction.to().flatMap(model::ledger).isPresent() && callsSomebody(transaction))
        || names(transaction.input(), manager)
        || followed.services().keySet().stream().anyMatch(service -> names(transaction.input(), service));
  }

  private static boolean names(String input, WalletAddress contract) {
    return input.contains(contract.value().substring(HEX_PREFIX));
  }

  private static boolean callsSomebody(ChainTransaction transaction) {
    return transaction.to().isEmpty() || transaction.input().length() > HEX_PREFIX;
  }

  private Optional<Map<Hash, List<TraceStep>>> trace(BlockData block) {
    return traced.computeIfAbsent(block.header().hash(), _ -> traces.of(block.header(), node));
  }
}
