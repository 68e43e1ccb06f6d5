package io.neuronledger.command.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.RandomBlocks;
import io.neuronledger.command.fixture.Script;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.Hash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Seals only where a partition has records, or a lock ends, lead to the events of a seal in every block. */
class SparseSealsIT {
  private static final Partitions PARTITIONS = new Partitions(3);

  /** A block of the script, with the period that it sets. */
  private record Step(RandomBlocks.Block block, Optional<Duration> lockPeriod) {}

  /** The partitions that a block is sealed in. */
  private interface Sealed extends BiFunction<Hash, int[], int[]> {}

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void fewer_seals_lead_to_the_same_events(@ForAll long seed) {
    Random random = new Random(seed);
    List<Step> common = steps(random, ScriptedPartitions.GENESIS, 10);
    Instant fork = common.getLast().block().time();
    List<Step> dead = steps(random, fork, 1 + random.nextInt(6));
    List<Step> living = steps(random, fork, 12);
    try (CommandFixture dense = instance(); CommandFixture sparse = instance()) {
      List<ScriptedPartitions.KeyedRecord> everySeal =
          script(common, dead, living, (_, _) -> IntStream.range(0, PARTITIONS.count()).toArray());
      record(dense, everySeal, random);
      List<ScriptedPartitions.KeyedRecord> fewSeals = script(common, dead, living, (block, touched) ->
          IntStream.range(0, PARTITIONS.count()).filter(partition -> contains(touched, partition)
              || endsLock(dense.events(partition), block)).toArray());
      record(sparse, fewSeals, random);
      assertThat(fewSeals).hasSizeLessThan(everySeal.size());
      for (int partition = 0; partition < PARTITIONS.count(); partition++) {
        assertThat(withoutSeals(sparse, partition)).isEqualTo(withoutSeals(dense, partition));
      }
    }
  }

  private static CommandFixture instance() {
    return CommandFixture.on(Servers.freshSchema(), PARTITIONS.count());
  }

  private static List<Step> steps(Random random, Instant start, int count) {
    return RandomBlocks.of(random, start, count).blocks().stream()
        .map(block -> new Step(new RandomBlocks.Block(block.time(), random.nextBoolean() ? block.facts() : List.of()),
            random.nextInt(8) == 0 ? Optional.of(Duration.ofHours(random.nextInt(48))) : Optional.empty())).toList();
  }

  /** The dead blocks are retracted. */
  private static List<ScriptedPartitions.KeyedRecord> script(List<Step> common, List<Step> dead, List<Step> living,
      Sealed sealed) {
    ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
    add(chain, common, true, sealed);
    long fork = chain.block();
    add(chain, dead, false, sealed);
    chain.retract(fork, living.getFirst().block().time());
    add(chain, living, true, sealed);
    return chain.drain();
  }

  /** @param first whether every partition has a record in the first block: a declaration or a retraction */
  private static void add(ScriptedPartitions chain, List<Step> steps, boolean first, Sealed sealed) {
    boolean all = first;
    for (Step step : steps) {
      chain.at(step.block().time());
      step.block().facts().forEach(chain::fact);
      step.lockPeriod().ifPresent(period -> chain.broadcast(Script.lockPeriod(Wallets.INFERENCE, period)));
      int[] touched = all || step.lockPeriod().isPresent() ? IntStream.range(0, PARTITIONS.count()).toArray()
          : step.block().facts().stream().map(ChainEvent.OwnerFact::owner).mapToInt(PARTITIONS::of).distinct()
              .toArray();
      chain.seal(sealed.apply(ScriptedPartitions.hash(chain.block(), chain.branch()), touched));
      all = false;
    }
  }

  private static void record(CommandFixture instance, List<ScriptedPartitions.KeyedRecord> records, Random random) {
    for (int from = 0; from < records.size();) {
      int to = Math.min(records.size(), from + 1 + random.nextInt(60));
      instance.record(Map.copyOf(instance.delivered(records.subList(from, to))), 1 + random.nextInt(40));
      if (random.nextInt(4) == 0) {
        instance.reset();
      }
      from = to;
    }
  }

  private static boolean contains(int[] partitions, int partition) {
    return IntStream.of(partitions).anyMatch(each -> each == partition);
  }

  private static boolean endsLock(List<AccountEvent> events, Hash block) {
    return events.stream().anyMatch(event ->
        (event instanceof LedgerEvent.RefundClaimable || event instanceof LedgerEvent.RefundRelocked)
            && ((LedgerEvent.ChainDriven) event).cause().blockHash().equals(block));
  }

  private static List<AccountEvent> withoutSeals(CommandFixture instance, int partition) {
    List<AccountEvent> events = new ArrayList<>(instance.events(partition));
    events.removeIf(PartitionEvent.BlockSealed.class::isInstance);
    return events;
  }
}
