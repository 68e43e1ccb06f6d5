package io.neuronledger.cli.soak;

import io.neuronledger.cli.stack.chain.ChainSource;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.Anvil;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.AnvilControl.Replay;
import io.neuronledger.testkit.devchain.AnvilOptions;
import io.neuronledger.testkit.devchain.Mining;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.BatcherContract;
import io.neuronledger.testkit.devchain.proxy.NodeProxy;
import io.neuronledger.testkit.devchain.proxy.NodeTrouble;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.traffic.Actors;
import io.neuronledger.testkit.devchain.traffic.RandomTraffic;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.testkit.devchain.transaction.Transactions;
import io.neuronledger.testkit.devchain.transaction.Transactions.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A dev chain with random operations of many wallets, time jumps beyond the lock period and to the ends of months, and
 * forks. It has a clock of its own, so that a seed reproduces its history; it begins so long ago that a long run does
 * not come to the future. Followers use a proxy that may alter answers.
 */
final class ForkingDevChain implements AutoCloseable {
  private static final Instant GENESIS = Instant.parse("1980-01-01T00:00:00Z");
  private static final Neuron COINS = Neuron.ofZeroG("1000000");
  private static final DevWallet ADMIN = DevWallet.funded(0);
  private static final int OWNERS = 6;
  private static final int USUAL_BLOCK_MAX = 12;
  private static final int LARGE_BLOCK = 60;
  private static final int JUMP_SECONDS_MAX = 120_000;
  /** One block of so many is at the end of a month: seldom, so that most refunds wait and become claimable before. */
  private static final int BLOCKS_PER_MONTH = 15;
  private static final int USUAL_DEPTH_MAX = 4;
  /** Less than the depth of finality, 64 blocks below anvil's head. */
  private static final int DEEP_DEPTH_MAX = 48;

  /**
   * The settings of followers of a troubled node: they tolerate the moved clock, but detect a timestamp in
   * milliseconds.
   */
  private static final Map<String, String> TROUBLED = Map.of("neuron-ledger.follow.block-time-tolerance", "P366D");

  private final Anvil node;
  private final NodeTrouble trouble;
  private final NodeProxy proxy;
  private final AccountLedgerContract contract;
  private final Actors actors;
  private final RandomTraffic traffic;
  private final Random random;
  /** The last block of the setup, which no fork may retract. */
  private final long setUp;

  private ForkingDevChain(Anvil node, AccountLedgerContract contract, Actors actors, Random random,
      NodeTrouble trouble) {
    this.node = node;
    this.trouble = trouble;
    this.proxy = new NodeProxy(node.rpcUrl(), trouble);
    this.contract = contract;
    this.actors = actors;
    this.random = random;
    this.traffic = new RandomTraffic(random, contract.calls(), actors);
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
    // The same instance: another one would not know the admin's next nonce.
    Transactions transactions = contract.transactions();
    BatcherContract batcher = BatcherContract.deploy(transactions, ADMIN);
    control.setAutomine(false);
    return new ForkingDevChain(node, contract, new Actors(ADMIN, owners, providers, Optional.of(batcher)), random,
        trouble);
  }

  /**
   * Mines one block of random operations, some time after the newest one.
   *
   * @return the number of sent transactions
   */
  int mine() {
    int size = random.nextInt(20) == 0 ? LARGE_BLOCK : random.nextInt(USUAL_BLOCK_MAX + 1);
    List<Outgoing> block = traffic.block(size, contract.views().everything(BlockRef.latest()));
    contract.transactions().sendAll(block);
    node.control().setNextBlockTime(nextBlockTime(node.control().head().time()));
    node.control().mine();
    return block.size();
  }

  /** Shortly after the newest block, some time after it, or a second before, at or after the next UTC month's start. */
  private Instant nextBlockTime(Instant newest) {
    if (random.nextInt(BLOCKS_PER_MONTH) == 0) {
      Instant nextMonth = YearMonth.from(newest.atZone(ZoneOffset.UTC)).plusMonths(1).atDay(1)
          .atStartOfDay(ZoneOffset.UTC).toInstant();
      return nextMonth.plusSeconds(random.nextInt(3) - 1);
    }
    return newest.plusSeconds(random.nextInt(4) == 0 ? random.nextInt(JUMP_SECONDS_MAX) : random.nextInt(2));
  }

  /**
   * Replaces the newest blocks by as many others. Some of their transactions are mined again in other blocks, the
   * others are dropped.
   *
   * @return the newest block that was kept; the head if no block could be replaced
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

  /** The first of the dropped transactions, in their order, each in the block of the previous one or a later one. */
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

  /** All blocks from the contract's deployment to the head. */
  List<BlockHeader> blocks() {
    return LongStream.rangeClosed(contract.startBlock(), head())
        .mapToObj(number -> node.control().block(BlockRef.number(number))).toList();
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

  /** All wallets that may have a ledger. */
  List<WalletAddress> owners() {
    return actors.ledgerOwners();
  }

  /** The chain source for an indexer. With altered answers, new blocks are not announced over WebSocket either. */
  ChainSource.Given asSource() {
    boolean troubled = trouble.percent() > 0;
    return new ChainSource.AccountLedgerOnDevChain(troubled ? proxy.url() : node.rpcUrl(),
        troubled ? Optional.empty() : Optional.of(node.wsUrl()), contract.address(), contract.startBlock());
  }

  /** Further settings for its followers. */
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
