package io.neuronledger.indexer.decode.zerog.process;

import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockData;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.LogFilter;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.Corrections;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.replay.CodeCheck;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.decode.zerog.replay.InvariantViolation;
import io.neuronledger.indexer.decode.zerog.replay.NegativeBalances;
import io.neuronledger.indexer.decode.zerog.replay.Replay;
import io.neuronledger.indexer.decode.zerog.replay.ServiceRegistration;
import io.neuronledger.indexer.decode.zerog.settlement.SignerReader;
import io.neuronledger.indexer.decode.zerog.state.CodeReader;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import io.neuronledger.indexer.decode.zerog.trace.BlockTraces;
import io.neuronledger.indexer.decode.zerog.trace.WatchedContracts;
import io.neuronledger.indexer.guard.StorageChanges;
import io.neuronledger.indexer.guard.StorageGuard;
import io.neuronledger.indexer.rpc.RpcFailure;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Works some blocks out, one after the other, asking the node for what they need. Used once.
 *
 * <p>Most blocks concern nobody: LedgerManager holds what it held. Nothing is told that does not agree with its coins.
 */
public final class BlockProcessor {
  private final WalletAddress manager;
  private final ChainNode node;
  private final CodeCheck codeCheck;
  private final Optional<Minima> minima;
  private final BlockActions acts;
  private final Receipts outcomes;
  private final ContractBalances coins;
  private final ServiceRegistrations arrivals;
  private final SignerReader signers;
  private final ManagerCode managerCode;
  private final BalanceCheck guard;
  private final StorageGuard storage;
  private final Map<Hash, BlockResult> told = new HashMap<>();
  /** The blocks in which something was known to have happened before any was decoded: they were not asked for roots. */
  private final Set<Long> known = new HashSet<>();
  /** Known once the first block is begun: until then it is not known which services there are. */
  private Optional<StorageChanges> storageChanges = Optional.empty();
  /** The last block up to which no change is missing. */
  private long completeTo;
  /** What a comparison found for blocks that are no longer there. */
  private Optional<Corrections> outdated = Optional.empty();

  /**
   * @param minima what LedgerManager should say of itself where following starts
   * @param traces how nodes are asked for traces; knows which of them can be
   * @param storage how nodes are asked for storage roots; knows which of them can be
   */
  public BlockProcessor(WalletAddress manager, ChainNode node, Implementations implementations, Optional<Minima> minima,
      BlockTraces traces, StorageGuard storage) {
    this.storage = storage;
    this.manager = manager;
    this.node = node;
    this.codeCheck = new CodeCheck(implementations, new CodeReader(manager, node));
    this.minima = minima;
    this.outcomes = new Receipts(node);
    this.acts = new BlockActions(manager, node, traces, outcomes);
    this.coins = new ContractBalances(manager, node);
    this.arrivals = new ServiceRegistrations(manager, node);
    this.signers = new SignerReader(node);
    this.managerCode = new ManagerCode(manager, node, codeCheck, acts, coins);
    this.guard = new BalanceCheck(manager, node, codeCheck, traces, acts, coins, arrivals);
  }

  /** What came out of a block; empty where it was not worked out, because of what came out of one before it. */
  public Optional<BlockResult> of(Hash block) {
    return Optional.ofNullable(told.get(block));
  }

  /**
   * Works out the blocks, up to one that cannot be told, or that makes more wanted than was fetched.
   *
   * @param fetched the filter that the logs passed
   * @param before what is remembered before the first
   * @param complete the last block before the first up to which no change is missing
   * @throws RpcFailure if the node does not answer what is asked about all of them
   */
  public void tell(List<BlockData> blocks, LogFilter fetched, ModelOverlay before, long complete) {
    ModelOverlay notes = ModelOverlay.over(before);
    ContractModel books = new ContractModel(notes);
    completeTo = complete;
    outcomes.fetch(blocks, ContractEmitters.followed(manager, books, Map.of()));
    long guardedFrom = guardedFrom(books);
    coins.fetch(blocks.stream().filter(block -> block.header().number() == guardedFrom
        || (block.header().number() > guardedFrom && !block.header().isEmpty())).toList());
    for (int i = 0; i < blocks.size(); i++) {
      BlockResult next = told(blocks.subList(i, blocks.size()), fetched, books);
      told.put(blocks.get(i).header().hash(), next);
      if (!(next instanceof BlockResult.Block block) || block.provisional()) {
        return;
      }
      notes.apply(block.changes());
      long number = blocks.get(i).header().number();
      if (block.compared() || (block.guard() == BlockGuard.PROVED && completeTo == number - 1)) {
        completeTo = number;
      }
    }
  }

  /** Asks for the storage roots around the blocks of which nothing is known. */
  private StorageChanges storageChanges(List<BlockData> blocks, LogFilter fetched, ContractModel books) {
    WatchedContracts followed = ContractEmitters.followed(manager, books, Map.of());
    blocks.stream().filter(block -> !acts.isQuiet(block, followed, books))
        .forEach(block -> known.add(block.header().number()));
    Set<WalletAddress> contracts = new HashSet<>(followed.services().keySet());
    contracts.addAll(arrivals.addresses(blocks));
    contracts.add(manager);
    StorageChanges changes =
        storage.of(blocks, contracts, block -> known.contains(block.header().number()), node);
    // Where something happened and no log was answered, the receipts show whether one was left out.
    node.checkReceipts(blocks.stream().filter(block -> block.logs().isEmpty()
        && (known.contains(block.header().number()) || changes.in(block.header().number()))).toList(), fetched);
    return changes;
  }

  private BalanceCheck.Doubt doubt(long block, StorageChanges changes) {
    return new BalanceCheck.Doubt(known.contains(block) || changes.in(block), changes.in(block), changes.proved(),
        completeTo);
  }

  /**
   * What a comparison has found for these blocks holds as long as the last of them is still there; behind that one it
   * is looked at once more.
   */
  private long guardedFrom(ContractModel books) {
    Optional<Corrections> running = books.amendments();
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

  private BlockResult told(List<BlockData> rest, LogFilter fetched, ContractModel before) {
    try {
      return tell(rest, fetched, new ContractModel(ModelOverlay.over(before.notes())));
    } catch (CannotDecode why) {
      return new BlockResult.Stop(why);
    } catch (InvariantViolation breach) {
      return new BlockResult.Failed(new RpcFailure(RpcFailure.Kind.INCONSISTENT, node.name() + ": "
          + breach.getMessage()
          + ". Either the node has not told everything, or these contracts are not the ones described.", breach));
    } catch (RpcFailure failure) {
      return new BlockResult.Failed(failure);
    }
  }

  private BlockResult tell(List<BlockData> rest, LogFilter fetched, ContractModel books) {
    BlockData block = rest.getFirst();
    if (outdated.isPresent() && books.amendments().equals(outdated)) {
      books.endAmendments();
    }
    Optional<InitialState> start = books.surplus().isPresent() ? Optional.empty()
        : Optional.of(InitialState.read(manager, node, block.header(), codeCheck, minima, books));
    StorageChanges changes = storageChanges.orElseGet(() -> storageChanges(rest, fetched, books));
    storageChanges = Optional.of(changes);
    managerCode.check(block, changes.in(block.header().number()), () -> guard.readableFrom(rest), books);
    Map<WalletAddress, ServiceRegistration> arrived = arrivals.in(block, () -> guard.readableFrom(rest));
    if (!fetched.covers(ContractEmitters.filter(manager, books, arrived))) {
      arrived.forEach((contract, arrival) -> books.put(contract, arrival.service()));
      return new BlockResult.Block(List.of(), BlockGuard.NONE, false, books.notes().changes(), true);
    }
    if (books.amendments().isEmpty()) {
      guard.amendments(rest, arrived, books, doubt(block.header().number(), changes)).ifPresent(books::amendments);
    }
    Optional<Corrections> amended = books.amendments();
    BlockActions.Result acted = acts.of(block, ContractEmitters.followed(manager, books, arrived), books);
    NegativeBalances shortfalls = new NegativeBalances();
    Replay fold = new Replay(manager, books, block.header().ref(), arrived, signers.in(block, books), codeCheck,
        shortfalls);
    start.ifPresent(state -> fold.begin(state.events(), state.evidence()));
    fold.transactions(acted.transactions());
    fold.end();
    guard.confirm(block.header().ref(), amended, acted, shortfalls, books);
    boolean compared = amended.filter(running -> running.to() == block.header().number())
        .filter(Corrections::compared).isPresent();
    // Between two states nothing is placed block by block: only at the end it is complete.
    boolean proved = changes.proved() && amended.filter(running -> running.to() != block.header().number()).isEmpty();
    return new BlockResult.Block(fold.readings(), compared || proved ? BlockGuard.PROVED : BlockGuard.NONE, compared,
        books.notes().changes(), false);
  }
}
