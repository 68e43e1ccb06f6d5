package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.block.BlockData;
import io.neuronledger.indexer.chain.block.LogFilter;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.input.BlockActions;
import io.neuronledger.indexer.decode.zerog.input.Receipts;
import io.neuronledger.indexer.decode.zerog.input.ServiceRegistrations;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.price.PriceReader;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.Replay;
import io.neuronledger.indexer.decode.zerog.replay.action.InvariantViolation;
import io.neuronledger.indexer.decode.zerog.replay.action.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.settlement.SignerReader;
import io.neuronledger.indexer.decode.zerog.state.CodeReader;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.decode.zerog.verify.BalanceCheck;
import io.neuronledger.indexer.decode.zerog.verify.ContractBalances;
import io.neuronledger.indexer.guard.StorageChanges;
import io.neuronledger.indexer.guard.StorageGuard;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decodes blocks one after the other, and asks the node for the data they need. Used once.
 *
 * <p>Most blocks do not concern the contracts: LedgerManager's native balance is unchanged. A block is published only
 * if it agrees with that balance.
 */
public final class BlockProcessor {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final Optional<Minima> minima;
  private final BlockActions actions;
  private final Receipts receipts;
  private final ContractBalances balances;
  private final ServiceRegistrations registrations;
  private final SignerReader signers;
  private final PriceReader prices;
  private final ManagerCode managerCode;
  private final BalanceCheck balanceCheck;
  private final StorageGuard storageGuard;
  private final Map<Hash, BlockResult> results = new HashMap<>();
  /** The blocks with a known action before decoding: their storage roots are not read. */
  private final Set<Long> known = new HashSet<>();
  /** Present from the first block on: before it the services are unknown. */
  private Optional<StorageChanges> storageChanges = Optional.empty();
  /** The last block up to which no change is missing. */
  private long completeTo;
  /** Corrections whose blocks are no longer on the chain. */
  private Optional<Corrections> outdated = Optional.empty();

  /**
   * @param minima the expected minima of LedgerManager at the start
   * @param traces reads traces, and keeps which nodes offer them
   * @param storageGuard reads storage roots, and keeps which nodes prove them
   */
  public BlockProcessor(WalletAddress manager, ChainNode node, Implementations implementations, Optional<Minima> minima,
      BlockTraces traces, StorageGuard storageGuard) {
    this.storageGuard = storageGuard;
    this.manager = manager;
    this.node = node;
    this.codeCheck = new CodeCheck(implementations, new CodeReader(manager, node));
    this.minima = minima;
    this.receipts = new Receipts(node);
    this.actions = new BlockActions(manager, node, traces, receipts);
    this.balances = new ContractBalances(manager, node);
    this.registrations = new ServiceRegistrations(manager, node);
    this.signers = new SignerReader(node);
    this.prices = new PriceReader(node);
    this.managerCode = new ManagerCode(manager, node, codeCheck, actions, balances);
    this.balanceCheck = new BalanceCheck(manager, node, codeCheck, traces, actions, balances, registrations);
  }

  /** The result of a block; empty where it was not decoded because of the result of an earlier block. */
  public Optional<BlockResult> of(Hash block) {
    return Optional.ofNullable(results.get(block));
  }

  /**
   * Decodes the blocks, up to one that cannot be decoded or that needs a wider filter than the fetched one.
   *
   * @param fetched the filter that the logs passed
   * @param before the model before the first block
   * @param complete the last block before the first up to which no change is missing
   * @throws RpcFailure if the node does not answer a question about all of them
   */
  public void process(List<BlockData> blocks, LogFilter fetched, ModelOverlay before, long complete) {
    ModelOverlay overlay = ModelOverlay.over(before);
    ContractModel model = new ContractModel(overlay);
    completeTo = complete;
    receipts.fetch(blocks, WatchedContracts.of(manager, model, Map.of()));
    long guardedFrom = guardedFrom(model);
    balances.fetch(blocks.stream().filter(block -> block.header().number() == guardedFrom
        || (block.header().number() > guardedFrom && !block.header().isEmpty())).toList());
    for (int i = 0; i < blocks.size(); i++) {
      BlockResult next = resultOf(blocks.subList(i, blocks.size()), fetched, model);
      results.put(blocks.get(i).header().hash(), next);
      if (!(next instanceof BlockResult.Block block) || block.provisional()) {
        return;
      }
      overlay.apply(block.changes());
      long number = blocks.get(i).header().number();
      if (block.compared() || (block.guard() == BlockGuard.PROVED && completeTo == number - 1)) {
        completeTo = number;
      }
    }
  }

  /** Reads the storage roots around the blocks without a known action. */
  private StorageChanges storageChanges(List<BlockData> blocks, LogFilter fetched, ContractModel model) {
    WatchedContracts followed = WatchedContracts.of(manager, model, Map.of());
    blocks.stream().filter(block -> !actions.isQuiet(block, followed, model))
        .forEach(block -> known.add(block.header().number()));
    Set<WalletAddress> contracts = new HashSet<>(followed.services().keySet());
    contracts.addAll(registrations.addresses(blocks));
    contracts.add(manager);
    StorageChanges changes =
        storageGuard.of(blocks, contracts, block -> known.contains(block.header().number()), node);
    // For an action without a log, the receipts show whether a log is missing.
    node.checkReceipts(blocks.stream().filter(block -> block.logs().isEmpty()
        && (known.contains(block.header().number()) || changes.in(block.header().number()))).toList(), fetched);
    return changes;
  }

  private BalanceCheck.Doubt doubt(long block, StorageChanges changes) {
    return new BalanceCheck.Doubt(known.contains(block) || changes.in(block), changes.in(block), changes.proved(),
        completeTo);
  }

  /**
   * The first block that is verified against the native balance. Corrections hold while their last block is on the
   * chain; verification starts again at that block.
   */
  private long guardedFrom(ContractModel model) {
    Optional<Corrections> running = model.corrections();
    if (running.isEmpty()) {
      return 0;
    }
    if (node.header(running.get().to()).map(header -> header.hash().toString())
        .equals(Optional.of(running.get().toHash()))) {
      return running.get().to();
    }
    outdated = running;
    return 0;
  }

  private BlockResult resultOf(List<BlockData> rest, LogFilter fetched, ContractModel before) {
    try {
      return process(rest, fetched, new ContractModel(ModelOverlay.over(before.overlay())));
    } catch (CannotDecode why) {
      return new BlockResult.Stop(why);
    } catch (InvariantViolation breach) {
      return new BlockResult.Failed(new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": "
          + breach.getMessage()
          + ". Either the node omits logs, or these contracts are not the described ones.", breach));
    } catch (RpcFailure failure) {
      return new BlockResult.Failed(failure);
    }
  }

  private BlockResult process(List<BlockData> rest, LogFilter fetched, ContractModel model) {
    BlockData block = rest.getFirst();
    if (outdated.isPresent() && model.corrections().equals(outdated)) {
      model.endCorrections();
    }
    Optional<InitialState> start = model.surplus().isPresent() ? Optional.empty()
        : Optional.of(InitialState.read(manager, node, block.header(), codeCheck, minima, model));
    StorageChanges changes = storageChanges.orElseGet(() -> storageChanges(rest, fetched, model));
    storageChanges = Optional.of(changes);
    managerCode.check(block, changes.in(block.header().number()), () -> balanceCheck.readableFrom(rest), model);
    Map<WalletAddress, ServiceRegistration> newServices =
        registrations.in(block, () -> balanceCheck.readableFrom(rest));
    if (!fetched.covers(WatchedContracts.logFilter(manager, model, newServices))) {
      newServices.forEach((contract, registration) -> model.put(contract, registration.service()));
      return new BlockResult.Block(List.of(), BlockGuard.NONE, false, model.overlay().changes(), true);
    }
    if (model.corrections().isEmpty()) {
      balanceCheck.corrections(rest, newServices, model, doubt(block.header().number(), changes))
          .ifPresent(model::corrections);
    }
    Optional<Corrections> corrections = model.corrections();
    BlockActions.Result acted = actions.of(block, WatchedContracts.of(manager, model, newServices), model);
    NegativeBalances negativeBalances = new NegativeBalances();
    Replay replay = new Replay(manager, model, block.header().ref(), newServices, signers.in(block, model),
        prices.in(block, model, newServices), codeCheck, negativeBalances);
    start.ifPresent(state -> replay.begin(state.events(), state.evidence()));
    replay.transactions(acted.transactions());
    replay.end();
    balanceCheck.confirm(block.header().ref(), corrections, acted, negativeBalances, model);
    boolean compared = corrections.filter(running -> running.to() == block.header().number())
        .filter(Corrections::compared).isPresent();
    // Between two states no change is placed in its own block: only the last block is complete.
    boolean proved =
        changes.proved() && corrections.filter(running -> running.to() != block.header().number()).isEmpty();
    return new BlockResult.Block(replay.readings(), compared || proved ? BlockGuard.PROVED : BlockGuard.NONE, compared,
        model.overlay().changes(), false);
  }
}
