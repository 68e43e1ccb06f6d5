package io.neuronledger.command.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.command.fixture.CommandFixture;
import io.neuronledger.command.fixture.RandomBlocks;
import io.neuronledger.command.fixture.Reports;
import io.neuronledger.command.fixture.ScriptedPartitions;
import io.neuronledger.command.fixture.Servers;
import io.neuronledger.command.fixture.Wallets;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Many wallets on a real store: neither the order among owners nor a fork changes the final ledgers. */
class PartitionOrderIT {
  private static final Partitions PARTITIONS = new Partitions(2);

  /** A refund without its id, which depends on its position in the block. */
  private record Refund(Neuron amount, Instant requestedAt, boolean announced) {}

  private record Account(SubAccountState state, List<Refund> refunds) {}

  private static Map<WalletAddress, List<Object>> owned(CommandFixture instance) {
    Map<WalletAddress, List<Object>> owned = new TreeMap<>();
    for (WalletAddress owner : RandomBlocks.owners()) {
      Ledger ledger = instance.ledger(owner);
      List<Object> all = new ArrayList<>(List.of(ledger.open(), ledger.available()));
      ledger.state().subAccounts().forEach(each -> all.add(new Account(new SubAccountState(each.provider(),
          each.service(), each.open(), each.balance(), each.acknowledged(), List.of()),
          each.refunds().stream().map(PartitionOrderIT::withoutId).toList())));
      owned.put(owner, all);
    }
    return owned;
  }

  private static Refund withoutId(PendingRefund refund) {
    return new Refund(refund.amount(), refund.requestedAt(), refund.announced());
  }

  private static CommandFixture instance() {
    return CommandFixture.on(Servers.freshSchema(), PARTITIONS.count());
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void any_interleaving_of_wallets_gives_the_same_ledgers(@ForAll long seed) {
    Random random = new Random(seed);
    RandomBlocks blocks = RandomBlocks.of(random, ScriptedPartitions.GENESIS, 25);
    try (CommandFixture one = instance(); CommandFixture other = instance(); CommandFixture alone = instance()) {
      one.record(blocks.on(new ScriptedPartitions(PARTITIONS)));
      other.record(blocks.shuffled(random).on(new ScriptedPartitions(PARTITIONS)));
      assertThat(owned(other)).isEqualTo(owned(one));

      WalletAddress lonely = RandomBlocks.owners().get(random.nextInt(RandomBlocks.owners().size()));
      alone.record(blocks.of(lonely).on(new ScriptedPartitions(PARTITIONS)));
      assertThat(owned(alone).get(lonely)).isEqualTo(owned(one).get(lonely));
    }
  }

  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void a_fork_leaves_the_ledgers_of_a_chain_without_it_and_keeps_reported_usage(@ForAll long seed) {
    Random random = new Random(seed);
    RandomBlocks common = RandomBlocks.of(random, ScriptedPartitions.GENESIS, 12);
    RandomBlocks dead = RandomBlocks.of(random, common.end(), 1 + random.nextInt(10));
    RandomBlocks living = RandomBlocks.of(random, common.end(), 8);
    List<UsageReport> reports = reports(random);
    try (CommandFixture forked = instance(); CommandFixture straight = instance()) {
      ScriptedPartitions chain = new ScriptedPartitions(PARTITIONS);
      forked.record(common.on(chain));
      long fork = chain.block();
      forked.usage().record(reports.subList(0, 10));
      for (RandomBlocks.Block block : dead.blocks()) {
        forked.record(new RandomBlocks(List.of(block)).on(chain));
        forked.usage().record(reports.subList(10, 10 + random.nextInt(reports.size() - 10)));
      }
      forked.usage().record(reports);
      if (random.nextBoolean()) {
        forked.reset();
      }
      forked.record(chain.retract(fork, common.end()).drain());
      forked.record(living.on(chain));

      ScriptedPartitions undisturbed = new ScriptedPartitions(PARTITIONS);
      straight.record(common.on(undisturbed));
      straight.record(living.on(undisturbed));
      assertThat(owned(forked)).isEqualTo(owned(straight));
      assertThat(lines(forked)).containsExactlyInAnyOrderElementsOf(reports.stream().map(UsageReport::line).toList());
    }
  }

  private static List<UsageReport> reports(Random random) {
    return IntStream.range(0, 30).mapToObj(i -> {
      WalletAddress owner = RandomBlocks.owners().get(random.nextInt(RandomBlocks.owners().size()));
      return Reports.report("fork-" + i,
          new SubAccountId(owner, Wallets.PROVIDER, Wallets.INFERENCE), 1 + random.nextInt(9), UsageSource.DIRECT);
    }).toList();
  }

  private static List<UsageLine> lines(CommandFixture instance) {
    List<UsageLine> lines = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS.count(); partition++) {
      for (AccountEvent event : instance.events(partition)) {
        if (event instanceof UsageEvent.UsageRecorded recorded) {
          lines.addAll(recorded.lines());
        }
      }
    }
    return lines;
  }
}
