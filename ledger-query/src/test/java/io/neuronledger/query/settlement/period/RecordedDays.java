package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A random chain whose blocks have records in some partitions only, with usage beside it, deterministic by seed. Each
 * partition has its own place in it at the end of each day; some clocks go back for a record.
 */
public final class RecordedDays {
  private static final LocalDate FIRST = LocalDate.parse("2026-02-01");
  private static final ServiceName OLD = ServiceName.of("old");
  private static final ServiceName LATE = ServiceName.of("late");
  private static final Balances BALANCES = new Balances(true, Neuron.ZERO, Neuron.ZERO, Optional.empty());

  private final Random random;
  private final int partitions;
  private final List<AccountEventScript> scripts;
  private final List<BlocksRecord> blocks = new ArrayList<>();
  private final Meters meters = new Meters();
  private final List<Map.Entry<SubAccountId, UsageLine>> counting = new ArrayList<>();
  /** By record of the blocks and partition, how many events the partition has with it. */
  private final List<int[]> sizes = new ArrayList<>();
  private final List<int[]> ends = new ArrayList<>();
  private final List<List<AccountRecord>> recorded = new ArrayList<>();
  private int branch;
  private long finalized = -1;
  private int requests;

  private RecordedDays(long seed, int partitions) {
    this.random = new Random(seed);
    this.partitions = partitions;
    this.scripts = IntStream.range(0, partitions)
        .mapToObj(partition -> AccountEventScript.started(partition, partitions).known(OLD)).toList();
  }

  public static RecordedDays of(long seed, int partitions, int steps, int days) {
    RecordedDays history = new RecordedDays(seed, partitions);
    history.block(Optional.empty(), true);
    for (int i = 0; i < steps; i++) {
      int choice = history.random.nextInt(100);
      if (choice < 12) {
        history.fork();
      } else if (choice < 22) {
        history.compare();
      } else {
        history.block(Optional.empty(), false);
      }
      IntStream.range(0, history.random.nextInt(4)).forEach(_ -> history.use());
    }
    history.divide(days);
    return history;
  }

  public static LocalDate date(int day) {
    return FIRST.plusDays(day);
  }

  private SubAccountId meter(AccountEventScript script) {
    return new SubAccountId(Wallets.inPartition(script.stream().partition(), random.nextInt(2),
        new Partitions(partitions)), Wallets.wallet(1001 + random.nextInt(2)), random.nextInt(4) == 0 ? LATE : OLD);
  }

  private void use() {
    AccountEventScript script = scripts.get(random.nextInt(partitions));
    if (!counting.isEmpty() && random.nextInt(4) == 0) {
      Map.Entry<SubAccountId, UsageLine> wrong = counting.remove(random.nextInt(counting.size()));
      int partition = new Partitions(partitions).of(wrong.getKey().owner());
      scripts.get(partition).add(meters.reversed(wrong.getKey(), wrong.getValue(), Optional.empty()));
    } else {
      SubAccountId meter = meter(script);
      UsageLine line = Meters.line("r" + requests++, Chain.GENESIS.plusSeconds(random.nextInt(3 * 86_400)),
          1 + random.nextInt(100));
      counting.add(Map.entry(meter, line));
      script.add(meters.recorded(meter, List.of(line)));
    }
  }

  private void block(Optional<Long> retractedFrom, boolean inAll) {
    long number = scripts.getFirst().block();
    Hash after = Optional.ofNullable(path(blocks.size()).lowerEntry(number)).map(Map.Entry::getValue)
        .orElse(Chain.blockHash(0, 0));
    if (random.nextInt(3) == 0) {
      finalized = Math.max(finalized, number - 1 - random.nextInt(6));
    }
    boolean registers = random.nextInt(12) == 0;
    Map<Integer, Long> next = new HashMap<>();
    for (AccountEventScript script : scripts) {
      script.finality(finalized);
      if (inAll || retractedFrom.isPresent() || registers || random.nextInt(3) == 0) {
        if (registers) {
          script.lockPeriod(LATE, Duration.ofHours(1));
        }
        IntStream.range(0, random.nextInt(3)).forEach(_ -> settle(script));
        next.put(script.stream().partition(), script.stream().chainNext());
        script.seal();
      } else {
        script.skip();
      }
    }
    publish(number, after, retractedFrom, next);
  }

  private void settle(AccountEventScript script) {
    SubAccountId meter = meter(script);
    Neuron paid = Neuron.parse(String.valueOf(random.nextInt(200)));
    Neuron unpaid = Neuron.parse(String.valueOf(random.nextInt(3)));
    script.add(new LedgerEvent.FeesSettled(meter.owner(), meter.provider(), meter.service(),
        Optional.of(paid.plus(unpaid)), paid, Optional.empty(), Optional.empty(), Optional.empty(), BALANCES,
        Optional.empty(), script.cause()));
  }

  private void fork() {
    long newest = scripts.getFirst().block() - 1;
    long oldest = Math.max(finalized + 1, 1);
    if (oldest <= newest) {
      long from = oldest + random.nextLong(newest - oldest + 1);
      branch++;
      scripts.forEach(script -> script.retract(from));
      block(Optional.of(from), true);
    }
  }

  /** The newest block is sealed again in every partition, as after a comparison. */
  private void compare() {
    Map.Entry<Long, Hash> newest = path(blocks.size()).lastEntry();
    Map<Integer, Long> next = new HashMap<>();
    for (AccountEventScript script : scripts) {
      next.put(script.stream().partition(), script.stream().chainNext());
      script.add(new PartitionEvent.ReconciliationEnded("run-" + blocks.size(), newest.getKey(), newest.getValue(),
          Chain.blockTime(newest.getKey()), branch, 2L * partitions, Neuron.ZERO, Neuron.ZERO));
      script.add(new PartitionEvent.BlockSealed(newest.getKey(), newest.getValue(),
          Chain.blockTime(newest.getKey()), branch, finalized, script.stream().chainNext()));
    }
    publish(newest.getKey(), newest.getValue(), Optional.empty(), next);
  }

  private void publish(long number, Hash after, Optional<Long> retractedFrom, Map<Integer, Long> next) {
    BlocksRecord.Block block =
        new BlocksRecord.Block(number, Chain.blockHash(number, branch), Chain.blockTime(number), next);
    Optional<Deployment> deployment = blocks.isEmpty() ? Optional.of(((PartitionEvent.DeploymentDeclared)
        scripts.getFirst().records().getFirst().event()).deployment()) : Optional.empty();
    blocks.add(new BlocksRecord(PartitionStream.CHAIN_ID, blocks.size(), branch, retractedFrom, after, finalized,
        List.of(block), deployment));
    sizes.add(scripts.stream().mapToInt(script -> script.records().size()).toArray());
  }

  /** Each partition is at a place of its own at the end of a day: a few blocks before or after the others. */
  private void divide(int days) {
    int[] before = new int[partitions];
    for (int day = 0; day < days; day++) {
      int[] end = new int[partitions + 1];
      int step = (day + 1) * sizes.size() / (days + 1) + random.nextInt(3);
      for (int partition = 0; partition < partitions; partition++) {
        int last = sizes.get(Math.clamp(step + random.nextInt(5) - 2, 0, sizes.size() - 1))[partition];
        end[partition] = Math.max(before[partition], last - random.nextInt(4));
        before[partition] = end[partition];
      }
      end[partitions] = blocksRead(end);
      ends.add(end);
    }
    for (int partition = 0; partition < partitions; partition++) {
      recorded.add(timed(partition, days));
    }
  }

  /** The topic of blocks is where the partition is that is furthest. */
  private int blocksRead(int[] end) {
    int read = 1;
    for (int block = 1; block < sizes.size(); block++) {
      for (int partition = 0; partition < partitions; partition++) {
        int records = sizes.get(block)[partition];
        boolean hasSome = blocks.get(block).blocks().getFirst().next().containsKey(partition);
        read = hasSome && records <= end[partition] ? block + 1 : read;
      }
    }
    return read;
  }

  private List<AccountRecord> timed(int partition, int days) {
    List<AccountRecord> events = scripts.get(partition).records();
    List<AccountRecord> timed = new ArrayList<>();
    int day = 0;
    for (int seq = 0; seq < events.size(); seq++) {
      boolean first = false;
      while (day < days && seq >= ends.get(day)[partition]) {
        day++;
        first = true;
      }
      Instant midnight = date(day).atStartOfDay(ZoneOffset.UTC).toInstant();
      boolean goesBack = !first && seq > 0 && random.nextInt(10) == 0;
      Instant at = first && random.nextBoolean() ? midnight
          : goesBack ? midnight.minusNanos(1_000) : midnight.plusSeconds(random.nextInt(86_400));
      AccountRecord event = events.get(seq);
      timed.add(new AccountRecord(event.chainId(), event.partition(), event.seq(), event.stream(), event.sequence(), at,
          event.event()));
    }
    return timed;
  }

  /** The account events of a partition. */
  public List<AccountRecord> events(int partition) {
    return recorded.get(partition);
  }

  public List<BlocksRecord> blocks() {
    return blocks;
  }

  /** How many records each partition, and at last the topic of blocks, had at the end of the day. */
  public int[] ends(int day) {
    return ends.get(day).clone();
  }

  /** How many there are. */
  public int[] ends() {
    return IntStream.concat(recorded.stream().mapToInt(List::size), IntStream.of(blocks.size())).toArray();
  }

  /** Whether every partition has a mark after the day. */
  public boolean isOver(int day) {
    return IntStream.range(0, partitions).allMatch(partition -> events(partition).stream()
        .skip(ends.get(day)[partition]).map(AccountRecord::event).anyMatch(event ->
            event instanceof PartitionEvent.BlockSealed || event instanceof PartitionEvent.BranchRetracted));
  }

  /** The highest block that a seal of the day, or of one before, said to be final; -1 where none did. */
  long finalized(int day) {
    return IntStream.range(0, partitions).mapToObj(partition ->
            events(partition).subList(0, ends.get(day)[partition])).flatMap(List::stream).map(AccountRecord::event)
        .filter(PartitionEvent.BlockSealed.class::isInstance).map(PartitionEvent.BlockSealed.class::cast)
        .mapToLong(PartitionEvent.BlockSealed::finalizedBlock).max().orElse(-1);
  }

  /** The hashes of the blocks at the end of the day. */
  public Set<Hash> hashes(int day) {
    return Set.copyOf(path(ends.get(day)[partitions]).values());
  }

  private NavigableMap<Long, Hash> path(int read) {
    NavigableMap<Long, Hash> path = new TreeMap<>();
    for (BlocksRecord each : blocks.subList(0, read)) {
      each.fromBlock().ifPresent(from -> path.tailMap(from, true).clear());
      each.blocks().forEach(block -> path.put(block.number(), block.hash()));
    }
    return path;
  }
}
