package io.neuronledger.indexer.follow.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.RefundRules;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.following.BlockGuard;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.decode.DecodedBlock;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.publish.form.PartitionRecord;
import io.neuronledger.indexer.publish.form.StateRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Refunds end their locks in the same blocks as if every block were sealed in every partition, over random chains with
 * forks, changes of lock periods, reconciliations and restarts, whatever the batches.
 */
class SealDeadlinesProperties {
  private static final int PARTITIONS = 3;
  private static final Partitions PARTITION = new Partitions(PARTITIONS);
  private static final List<WalletAddress> OWNERS = IntStream.range(1, 5)
      .mapToObj(number -> WalletAddress.parse("0x%040x".formatted(number))).toList();
  private static final List<ServiceName> SERVICES = List.of(ServiceName.of("a"), ServiceName.of("b/c"));
  private static final Deployment DEPLOYMENT =
      new Deployment(1, "account-ledger", List.of(OWNERS.getFirst()), 1, 1, PARTITIONS);
  private static final BlockRef BEFORE = new BlockRef(0, Hash.keccak256("0"), Instant.ofEpochSecond(1_000));
  private static final int RECENT = 12;

  /** An active refund, as ledger-command has it. */
  private record Refund(WalletAddress owner, ServiceName service, Instant requestedAt, boolean claimable) {}

  /** Refunds and lock periods after a block. */
  private record Ledgers(List<Refund> refunds, Map<ServiceName, Duration> periods) {
    private static final Ledgers NONE = new Ledgers(List.of(), Map.of());

    private Ledgers after(ChainEvent event, Instant blockTime) {
      List<Refund> changed = new ArrayList<>(refunds);
      Map<ServiceName, Duration> set = new HashMap<>(periods);
      if (event instanceof ChainEvent.RefundRequested request) {
        changed.add(new Refund(request.owner(), request.service(), blockTime, false));
      } else if (event instanceof ChainEvent.Transfer transfer) {
        changed.stream().filter(refund -> refund.owner().equals(transfer.owner())).findFirst()
            .ifPresent(changed::remove);
      } else if (event instanceof ChainEvent.LockPeriodSet period) {
        set.put(period.service(), period.lockPeriod());
      }
      return new Ledgers(changed, set);
    }

    /** The refunds of a partition, or of all, with the ends of their locks at this time. */
    private Ledgers sealed(Optional<Integer> partition, Instant blockTime) {
      return new Ledgers(refunds.stream().map(refund -> partition.filter(it -> it != partitionOf(refund)).isPresent()
          ? refund
          : new Refund(refund.owner(), refund.service(), refund.requestedAt(), RefundRules.isClaimable(
              refund.requestedAt(), blockTime,
              periods.getOrDefault(refund.service(), RefundRules.LOCK_PERIOD_DEFAULT)))).toList(), periods);
    }
  }

  private static Ledgers last(SortedMap<Long, Ledgers> byBlock) {
    return Objects.requireNonNull(byBlock.get(byBlock.lastKey()));
  }

  private static int partitionOf(Refund refund) {
    return PARTITION.of(refund.owner());
  }

  /** A block of the script. */
  private record Block(BlockRef ref, List<ChainEvent> events) {}

  private final Map<String, String> topic = new HashMap<>();
  private IndexerState indexerState = IndexerState.of(topic);
  private final SortedMap<Long, Ledgers> sparse = new TreeMap<>(Map.of(0L, Ledgers.NONE));
  private final SortedMap<Long, Ledgers> dense = new TreeMap<>(Map.of(0L, Ledgers.NONE));
  private int seals;
  private int blocks;
  private int step = 1;

  @Property(tries = 500)
  void refunds_end_their_locks_as_with_a_seal_of_every_block(@ForAll long seed) {
    new SealDeadlinesProperties().play(new Random(seed));
  }

  private void play(Random random) {
    List<Block> living = new ArrayList<>(List.of(new Block(BEFORE, List.of())));
    for (int round = 0; round < 25; round++) {
      int last = living.size() - 1;
      int gone = random.nextInt(4) == 0 ? random.nextInt(Math.min(last, RECENT - 2) + 1) : 0;
      living.subList(living.size() - gone, living.size()).clear();
      List<Block> mined = mine(random, living.getLast().ref(), gone + 1 + random.nextInt(4));
      publish(random, living.getLast().ref(), gone > 0, mined);
      living.addAll(mined);
      blocks += mined.size();
      if (random.nextInt(3) == 0) {
        reconcile(living.getLast().ref());
      }
      if (random.nextInt(3) == 0) {
        indexerState = IndexerState.of(topic);
      }
    }
    assertThat(seals).as("of %s blocks in %s partitions", blocks, PARTITIONS).isLessThan(blocks * PARTITIONS);
  }

  /** Some block times stand still or fall; a fork has other ones. */
  private static List<Block> mine(Random random, BlockRef parent, int count) {
    List<Block> mined = new ArrayList<>();
    BlockRef before = parent;
    for (int i = 0; i < count; i++) {
      Instant time = before.time().plusSeconds((random.nextInt(6) - 1) * 10L);
      BlockRef ref = new BlockRef(before.number() + 1, Hash.keccak256("block " + random.nextLong()), time);
      mined.add(new Block(ref, random.nextInt(3) > 0 ? List.of() : IntStream.rangeClosed(0, random.nextInt(2))
          .mapToObj(_ -> event(random)).toList()));
      before = ref;
    }
    return mined;
  }

  private static ChainEvent event(Random random) {
    WalletAddress owner = OWNERS.get(random.nextInt(OWNERS.size()));
    ServiceName service = SERVICES.get(random.nextInt(SERVICES.size()));
    return switch (random.nextInt(7)) {
      case 0 -> new ChainEvent.LockPeriodSet(service, Duration.ofSeconds(random.nextInt(8) * 10L));
      case 1 -> new ChainEvent.Transfer(owner, owner, service, false, Neuron.ZERO, Neuron.ZERO);
      case 2 -> new ChainEvent.Deposit(owner, owner, new Neuron(BigInteger.ONE));
      default -> new ChainEvent.RefundRequested(owner, owner, service, new Neuron(BigInteger.ONE));
    };
  }

  /** Publishes the blocks in one or more transactions. */
  private void publish(Random random, BlockRef parent, boolean fork, List<Block> blocks) {
    List<Block> rest = blocks;
    boolean begins = fork;
    while (!rest.isEmpty()) {
      int size = 1 + random.nextInt(rest.size());
      Cursor cursor = indexerState.cursor().orElseGet(() -> Cursor.start(DEPLOYMENT, BEFORE));
      long finalized = rest.getFirst().ref().number() - RECENT;
      PublishBatch batch = begins ? PublishBatch.afterFork(indexerState, cursor, parent, finalized)
          : PublishBatch.following(indexerState, cursor, finalized);
      for (Block block : rest.subList(0, size)) {
        batch.add(new Header(block.ref().number(), block.ref().hash(), batch.last().hash(), block.ref().time(),
            Bloom.ofKeys(List.of()), 1, List.of()), DecodedBlock.of(readings(block), BlockGuard.PROVED));
      }
      store(batch.state());
      read(batch.records());
      readDense(parent.number(), begins, rest.subList(0, size));
      rest = rest.subList(size, rest.size());
      begins = false;
    }
  }

  private static List<Reading> readings(Block block) {
    return IntStream.range(0, block.events().size()).<Reading>mapToObj(index -> new Reading.Fact(
        new ChainPosition(block.ref().number(), index, 0), new Evidence.Log(block.ref().hash(), index,
            OWNERS.getFirst()), block.events().get(index))).toList();
  }

  private void store(List<StateRecord> entries) {
    entries.forEach(entry -> entry.value().ifPresentOrElse(value -> topic.put(entry.key(), value),
        () -> topic.remove(entry.key())));
    indexerState.apply(entries);
  }

  /** The contracts' state of all owners becomes the state of the deadlines. */
  private void reconcile(BlockRef block) {
    Map<WalletAddress, ObservedLedger> ledgers = new HashMap<>();
    List<Refund> refunds = last(dense).refunds();
    OWNERS.forEach(owner -> ledgers.put(owner, new ObservedLedger(true, Neuron.ZERO, refunds.stream()
        .filter(refund -> refund.owner().equals(owner))
        .map(refund -> new ObservedLedger.SubAccount(owner, refund.service(), Neuron.ZERO, true,
            List.of(new ObservedLedger.Refund(new Neuron(BigInteger.ONE), refund.requestedAt())))).toList())));
    Cursor cursor = indexerState.cursor().orElseThrow();
    PartitionWriter partitions = new PartitionWriter(DEPLOYMENT, cursor.branch(), cursor.nextSeq());
    partitions.broadcast(new ChainEvent.ReconciliationEnded("run", 0, Neuron.ZERO, Neuron.ZERO),
        ChainPosition.endOf(block.number(), step++), block, Optional.empty());
    partitions.seal(block, ChainPosition.endOf(block.number(), step++), cursor.finalizedBlock());
    DecoderState draft = new DecoderState(indexerState.decoder());
    indexerState.deadlines(draft, PARTITION).replace(ledgers);
    List<StateRecord> entries = new ArrayList<>(List.of(IndexerState.entry(cursor.withNextSeq(partitions.nextSeq()))));
    draft.changes().forEach((key, value) -> entries.add(IndexerState.decoderEntry(key, value)));
    Map<String, Optional<String>> undo = draft.endBlock();
    Optional.ofNullable(indexerState.recent().get(block.number()))
        .ifPresent(recent -> entries.add(IndexerState.entry(recent.and(undo))));
    store(entries);
    read(partitions.records());
    assertThat(indexerState.decoder().keySet().stream().filter(key -> RefundRequests.Request.of(key).isPresent()))
        .as("no more than the active refunds").hasSize((int) refunds.stream()
            .map(refund -> partitionOf(refund) + "/" + refund.requestedAt() + refund.service()).distinct().count());
  }

  /** Applies records as ledger-command does: the ends of locks are announced at a seal. */
  private void read(List<PartitionRecord> records) {
    for (ChainRecord record : inOrder(records)) {
      long block = record.position().block();
      if (record.event() instanceof ChainEvent.BranchRetracted retracted) {
        sparse.tailMap(retracted.fromBlock()).clear();
      } else if (record.event() instanceof ChainEvent.BlockSealed) {
        seals += record.position().step() == 0 ? 1 : 0;
        sparse.put(block, last(sparse).sealed(Optional.of(record.partition()), record.blockTime()));
      } else if (record.event() instanceof ChainEvent.OwnerFact || record.partition() == 0) {
        sparse.put(block, last(sparse).after(record.event(), record.blockTime()));
      }
    }
  }

  /** Of one block after the other: facts and retractions first, then the seals. */
  private static List<ChainRecord> inOrder(List<PartitionRecord> records) {
    return records.stream().map(record -> ((PartitionRecord.Decoded) record).value()).sorted(
        Comparator.comparing(ChainRecord::position)).toList();
  }

  private void readDense(long parent, boolean fork, List<Block> blocks) {
    if (fork) {
      dense.tailMap(parent + 1).clear();
    }
    for (Block block : blocks) {
      Ledgers now = last(dense);
      for (ChainEvent event : block.events()) {
        now = now.after(event, block.ref().time());
      }
      dense.put(block.ref().number(), now.sealed(Optional.empty(), block.ref().time()));
      // Where nothing was sealed, the state is that of the block before.
      SortedMap<Long, Ledgers> upTo = sparse.headMap(block.ref().number() + 1);
      assertThat(last(upTo)).as("after block %s", block).isEqualTo(last(dense));
    }
  }
}
