package io.neuronledger.local.soak;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.infra.devchain.Anvil;
import io.neuronledger.infra.devchain.AnvilControl;
import io.neuronledger.infra.devchain.AnvilControl.Replay;
import io.neuronledger.infra.devchain.AnvilOptions;
import io.neuronledger.infra.devchain.Mining;
import io.neuronledger.infra.devchain.contract.AccountLedgerContract;
import io.neuronledger.infra.devchain.contract.BatcherContract;
import io.neuronledger.infra.devchain.proxy.NodeProxy;
import io.neuronledger.infra.devchain.proxy.NodeTrouble;
import io.neuronledger.infra.devchain.rpc.BlockRef;
import io.neuronledger.infra.devchain.traffic.Actors;
import io.neuronledger.infra.devchain.traffic.RandomTraffic;
import io.neuronledger.infra.devchain.transaction.DevWallet;
import io.neuronledger.infra.devchain.transaction.Transactions;
import io.neuronledger.infra.devchain.transaction.Transactions.Outgoing;
import io.neuronledger.local.stack.ChainSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A dev chain on which many wallets do random things, time jumps over the lock, and blocks are replaced by others. Its
 * clock is its own, so that a seed repeats everything. Those who follow it ask through a proxy that may spoil answers.
 */
final class ForkingDevChain implements AutoCloseable {
  private static final Instant GENESIS = Instant.parse("2026-01-01T00:00:00Z");
  private static final Neuron COINS = Neuron.ofZeroG("1000000");
  private static final DevWallet ADMIN = DevWallet.funded(0);
  private static final int OWNERS = 6;
  private static final int USUAL_BLOCK_MAX = 12;
  private static final int LARGE_BLOCK = 60;
  private static final int JUMP_SECONDS_MAX = 120_000;
  private static final int USUAL_DEPTH_MAX = 4;
  /** Below finality, which lies 64 blocks behind anvil's head. */
  private static final int DEEP_DEPTH_MAX = 48;

  /**
   * Of those who follow a node that spoils answers: its clock is moved, but not by years, and a time in milliseconds
   * shows.
   */
  public static final Map<String, String> TROUBLED = Map.of("neuron-ledger.follow.block-time-tolerance", "P366D");

  private final Anvil node;
  private final NodeTrouble trouble;
  private final NodeProxy proxy;
  private final AccountLedgerContract contract;
  private final Actors cast;
  private final RandomTraffic traffic;
  private final Random random;
  /** No fork may take it away: everything is set up up to here. */
  private final long setUp;

  private ForkingDevChain(Anvil node, AccountLedgerContract contract, Actors cast, Random random, NodeTrouble trouble) {
    this.node = node;
    this.trouble = trouble;
    this.proxy = new NodeProxy(node.rpcUrl(), trouble);
    this.contract = contract;
    this.cast = cast;
    this.random = random;
    this.traffic = new RandomTraffic(random, contract.calls(), cast);
    this.setUp = head();
  }

  static ForkingDevChain start(SoakPlan plan) {
    NodeTrouble trouble = new NodeTrouble(plan.seed(), plan.nodeTrouble());
    Anvil node = Anvil.start(AnvilOptions.defaults().withMining(Mining.onRequest()).withGenesisTime(GENESIS));
    try {
      return setUp(node, new Random(plan.seed()), trouble);
    } catch (RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static ForkingDevChain setUp(Anvil node, Random random, NodeTrouble trouble) {
    List<DevWallet> owners = IntStream.range(0, OWNERS).mapToObj(i -> DevWallet.named("owner " + i)).toList();
    List<DevWallet> providers =
        Stream.concat(owners.stream().limit(1), Stream.of(DevWallet.named("p1"), DevWallet.named("p2"))).toList();
    AnvilControl control = node.control();
    control.setBlockInterval(Duration.ofSeconds(1));
    control.setBalances(Stream.of(owners, providers, List.of(ADMIN)).flatMap(Collection::stream)
        .map(DevWallet::address).toList(), COINS);
    control.setAutomine(true);
    AccountLedgerContract contract = AccountLedgerContract.deployWithServices(node.rpcUrl(), ADMIN);
    // Its own numbering of the admin's transactions goes on; another instance would not know of it.
    Transactions transactions = contract.transactions();
    BatcherContract batcher = BatcherContract.deploy(transactions, ADMIN);
    control.setAutomine(false);
    return new ForkingDevChain(node, contract, new Actors(ADMIN, owners, providers, Optional.of(batcher)), random,
        trouble);
  }

  /**
   * Mines one block of random operations, some time after the newest.
   *
   * @return how many transactions were sent for it
   */
  int mine() {
    int size = random.nextInt(20) == 0 ? LARGE_BLOCK : random.nextInt(USUAL_BLOCK_MAX + 1);
    List<Outgoing> block = traffic.block(size, contract.views().everything(BlockRef.latest()));
    contract.transactions().sendAll(block);
    int pause = random.nextInt(4) == 0 ? random.nextInt(JUMP_SECONDS_MAX) : random.nextInt(2);
    node.control().setNextBlockTime(node.control().head().time().plusSeconds(pause));
    node.control().mine();
    return block.size();
  }

  /**
   * Replaces the newest blocks by as many others. Of their transactions some are mined again in other blocks, the
   * others vanish.
   *
   * @return the newest block that stayed; the head's number if nothing could be replaced
   */
  long fork() {
    int depthMax = random.nextInt(8) == 0 ? DEEP_DEPTH_MAX : USUAL_DEPTH_MAX;
    long head = head();
    int depth = 1 + random.nextInt(depthMax);
    if (head - depth <= setUp) {
      return head;
    }
    node.control().reorg(depth, replays(head, depth));
    contract.transactions().forgetNonces();
    return head - depth;
  }

  /** The first of the dropped transactions, in their order, each in a later block than the one before or the same. */
  private List<Replay> replays(long head, int depth) {
    List<Hash> dropped = new ArrayList<>();
    for (long number = head - depth + 1; number <= head; number++) {
      dropped.addAll(node.control().block(BlockRef.number(number)).transactions());
    }
    List<Hash> again = dropped.subList(0, random.nextInt(dropped.size() + 1));
    int[] places = random.ints(again.size(), 0, depth).sorted().toArray();
    return IntStream.range(0, again.size())
        .mapToObj(i -> new Replay(contract.transactions().signed(again.get(i)), places[i])).toList();
  }

  /** The newest block's number. */
  long head() {
    return node.control().head().number();
  }

  Anvil node() {
    return node;
  }

  AccountLedgerContract contract() {
    return contract;
  }

  /** Everybody who may have a ledger. */
  List<WalletAddress> owners() {
    return cast.ledgerOwners();
  }

  /** How an indexer finds it. Where answers are spoilt, new blocks are not announced by the node itself either. */
  ChainSource.Given asSource() {
    boolean spoilt = trouble.percent() > 0;
    return new ChainSource.AccountLedgerOnDevChain(spoilt ? proxy.url() : node.rpcUrl(),
        spoilt ? Optional.empty() : Optional.of(node.wsUrl()), contract.address(), contract.startBlock());
  }

  /** Further settings of those who follow it. */
  Map<String, String> settings() {
    return trouble.percent() > 0 ? TROUBLED : Map.of();
  }

  NodeTrouble trouble() {
    return trouble;
  }

  @Override
  public void close() {
    proxy.close();
    node.close();
  }
}
