package io.neuronledger.cli.seal;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.account.Ledger;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Deployment;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.LedgerEvent;
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
import io.neuronledger.indexer.follow.state.Cursor;
import io.neuronledger.indexer.follow.state.IndexerState;
import io.neuronledger.indexer.follow.state.PartitionWriter;
import io.neuronledger.indexer.follow.state.PublishBatch;
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
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The account events that follow from chain-indexer's seals are those that would follow from a seal of every block in
 * every partition: over random chains of requests, cancellations, completions, settlements, changes of lock periods,
 * forks, reconciliations, restarts and batches.
 */
class SealsTest {
  private static final int CHAINS = 150;
  private static final int ROUNDS = 20;
  private static final int RECENT = 12;
  private static final int PARTITIONS = 3;
  private static final Partitions PARTITION = new Partitions(PARTITIONS);
  private static final List<WalletAddress> OWNERS = IntStream.range(1, 6)
      .mapToObj(number -> WalletAddress.parse("0x%040x".formatted(number))).toList();
  private static final List<ServiceName> SERVICES = List.of(ServiceName.of("a"), ServiceName.of("b/c"));
  private static final Deployment DEPLOYMENT =
      new Deployment(1, "account-ledger", List.of(OWNERS.getFirst()), 1, 1, PARTITIONS);
  private static final BlockRef BEFORE = new BlockRef(0, Hash.keccak256("0"), Instant.ofEpochSecond(1_000));

  /** One chain, published in batches and read twice. */
  private static final class Chain {
    private final Random random;
    private final Map<String, String> topic = new HashMap<>();
    private final List<PartitionLedgers> sealed = ledgers();
    private final List<PartitionLedgers> sealedEverywhere = ledgers();
    private final List<BlockRef> living = new ArrayList<>(List.of(BEFORE));
    private IndexerState state = IndexerState.of(topic);
    private int step = 1;

    private Chain(Random random) {
      this.random = random;
    }

    private static List<PartitionLedgers> ledgers() {
      return IntStream.range(0, PARTITIONS).mapToObj(_ -> new PartitionLedgers()).toList();
    }

    private void play() {
      for (int round = 0; round < ROUNDS; round++) {
        int gone = random.nextInt(4) == 0 ? random.nextInt(Math.min(living.size() - 1, RECENT - 2) + 1) : 0;
        living.subList(living.size() - gone, living.size()).clear();
        publish(gone > 0, gone + 1 + random.nextInt(5));
        if (random.nextInt(4) == 0) {
          reconcile(living.getLast());
        }
        if (random.nextInt(3) == 0) {
          state = IndexerState.of(topic);
        }
        assertSame();
      }
    }

    private void assertSame() {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        assertThat(sealed.get(partition).events()).isEqualTo(sealedEverywhere.get(partition).events());
      }
    }

    private Cursor cursor() {
      return state.cursor().orElseGet(() -> Cursor.start(DEPLOYMENT, BEFORE));
    }

    private void publish(boolean fork, int count) {
      boolean retracts = fork;
      int left = count;
      while (left > 0) {
        long finalized = living.getLast().number() + 1 - RECENT;
        PublishBatch batch = retracts ? PublishBatch.afterFork(state, cursor(), living.getLast(), finalized)
            : PublishBatch.following(state, cursor(), finalized);
        int size = 1 + random.nextInt(left);
        List<BlockRef> blocks = new ArrayList<>();
        for (int i = 0; i < size; i++) {
          BlockRef parent = living.getLast();
          BlockRef block = new BlockRef(parent.number() + 1, Hash.keccak256("block " + random.nextLong()),
              parent.time().plusSeconds(random.nextInt(4) * 10L));
          batch.add(new Header(block.number(), block.hash(), parent.hash(), block.time(), Bloom.ofKeys(List.of()), 1,
              List.of()), DecodedBlock.of(readings(block), BlockGuard.PROVED));
          blocks.add(block);
          living.add(block);
        }
        store(batch.state());
        read(batch.records(), blocks);
        retracts = false;
        left -= size;
      }
    }

    private List<Reading> readings(BlockRef block) {
      int facts = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
      return IntStream.range(0, facts).<Reading>mapToObj(index -> new Reading.Fact(
          new ChainPosition(block.number(), index, 0), new Evidence.Log(block.hash(), index, OWNERS.getFirst()),
          event())).toList();
    }

    private ChainEvent event() {
      WalletAddress owner = OWNERS.get(random.nextInt(OWNERS.size()));
      ServiceName service = SERVICES.get(random.nextInt(SERVICES.size()));
      Neuron amount = new Neuron(BigInteger.valueOf(1 + random.nextInt(3)));
      return switch (random.nextInt(14)) {
        case 0, 1 -> new ChainEvent.Deposit(owner, owner, new Neuron(BigInteger.TEN));
        case 2, 3, 4 -> new ChainEvent.Transfer(owner, owner, service, true, amount,
            random.nextBoolean() ? amount : Neuron.ZERO);
        case 5 -> new ChainEvent.Transfer(owner, owner, service, false, amount, Neuron.ZERO);
        case 6 -> new ChainEvent.Settled(owner, owner, service, amount, amount, Optional.empty());
        case 7 -> new ChainEvent.LockPeriodSet(service, Duration.ofSeconds(random.nextInt(8) * 10L));
        case 8 -> random.nextInt(4) == 0 ? new ChainEvent.LedgerClosed(owner)
            : new ChainEvent.SubAccountClosed(owner, owner, service);
        default -> new ChainEvent.RefundRequested(owner, owner, service, amount);
      };
    }

    /** The contracts report the states that ledger-command has; every third owner has lost a refund there. */
    private void reconcile(BlockRef block) {
      SortedMap<WalletAddress, ObservedLedger> ledgers = new TreeMap<>();
      for (WalletAddress owner : OWNERS) {
        ledgers.put(owner, observed(sealedEverywhere.get(PARTITION.of(owner)).ledger(owner)));
      }
      Cursor cursor = cursor();
      PartitionWriter partitions = new PartitionWriter(DEPLOYMENT, cursor.branch(), cursor.nextSeq());
      ledgers.forEach((owner, ledger) -> partitions.write(new Reading.Fact(
          ChainPosition.endOf(block.number(), step++), new Evidence.Snapshot(block.number(), block.number()),
          new ChainEvent.StateObserved(owner, ledger, "run")), block));
      partitions.broadcast(new ChainEvent.ReconciliationEnded("run", ledgers.size(), Neuron.ZERO, Neuron.ZERO),
          ChainPosition.endOf(block.number(), step++), block, Optional.empty());
      partitions.seal(block, ChainPosition.endOf(block.number(), step++), cursor.finalizedBlock());
      DecoderState draft = new DecoderState(state.decoder());
      state.deadlines(draft, PARTITION).replace(ledgers);
      List<StateRecord> entries = new ArrayList<>(List.of(
          IndexerState.entry(cursor.withNextSeq(partitions.nextSeq()))));
      draft.changes().forEach((key, value) -> entries.add(IndexerState.decoderEntry(key, value)));
      Map<String, Optional<String>> undo = draft.endBlock();
      Optional.ofNullable(state.recent().get(block.number()))
          .ifPresent(recent -> entries.add(IndexerState.entry(recent.and(undo))));
      store(entries);
      read(partitions.records(), List.of());
    }

    private ObservedLedger observed(Ledger ledger) {
      boolean loses = random.nextInt(3) == 0;
      return new ObservedLedger(ledger.open(), ledger.available(), ledger.subAccounts().values().stream()
          .map(account -> new ObservedLedger.SubAccount(account.id().provider(), account.id().service(),
              account.balance(), account.acknowledged(), account.refunds().active().stream().skip(loses ? 1 : 0)
                  .map(refund -> new ObservedLedger.Refund(refund.amount(), refund.requestedAt())).toList()))
          .toList());
    }

    private void store(List<StateRecord> entries) {
      entries.forEach(entry -> entry.value().ifPresentOrElse(value -> topic.put(entry.key(), value),
          () -> topic.remove(entry.key())));
      state.apply(entries);
    }

    /** @param blocks each of them is sealed in every partition of the second reader */
    private void read(List<PartitionRecord> published, List<BlockRef> blocks) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        int number = partition;
        List<ChainRecord> records = published.stream().map(record -> ((PartitionRecord.Decoded) record).value())
            .filter(record -> record.partition() == number).toList();
        records.forEach(sealed.get(partition)::apply);
        List<ChainRecord> all = new ArrayList<>(records);
        for (BlockRef block : blocks) {
          if (records.stream().noneMatch(record -> record.blockHash().equals(block.hash()))) {
            all.add(new ChainRecord(DEPLOYMENT.chainId(), partition, 0, cursor().branch(),
                ChainPosition.endOf(block.number(), 0), block.hash(), block.time(),
                new ChainEvent.BlockSealed(cursor().finalizedBlock()), Optional.empty()));
          }
        }
        all.sort(Comparator.comparing(ChainRecord::position));
        all.forEach(sealedEverywhere.get(partition)::apply);
      }
    }
  }

  @Test
  void fewer_seals_lead_to_the_same_account_events() {
    int announcements = 0;
    for (long seed = 0; seed < CHAINS; seed++) {
      Chain chain = new Chain(new Random(seed));
      chain.play();
      announcements += (int) chain.sealed.stream().flatMap(ledgers -> ledgers.events().stream())
          .filter(event -> event instanceof LedgerEvent.RefundClaimable || event instanceof LedgerEvent.RefundRelocked)
          .count();
    }
    assertThat(announcements).as("announcements in %s chains", CHAINS).isGreaterThan(CHAINS);
  }
}
