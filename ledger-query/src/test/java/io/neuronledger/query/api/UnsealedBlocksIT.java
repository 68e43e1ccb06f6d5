package io.neuronledger.query.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.event.PartitionEvent;
import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.partitionlog.reader.RecordSequence;
import io.neuronledger.query.fixture.BlocksScript;
import io.neuronledger.query.fixture.History;
import io.neuronledger.query.fixture.PartitionStream;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Service;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.intake.BatchWriter;
import io.neuronledger.query.wiring.QueryService;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * No answer shows a part of a block: wherever the records of the partitions are cut, every answer equals that of a
 * service that has not stored the chain's records after the last seal of each partition.
 */
class UnsealedBlocksIT {
  private static final int PARTITIONS = 2;
  private static final int STEPS = 70;
  private static final String NAME = "unsealed_blocks";
  private static final PostgresServer POSTGRES = PostgresServer.startTemporary();
  private static final ApiDocument DOCUMENT = new ApiDocument();
  /** Without Kafka: the test writes the batches. */
  private static final Service SERVICE =
      Service.withoutKafka(POSTGRES, NAME, PARTITIONS, "--logging.level.org.apache.kafka=ERROR");

  @AfterContainer
  static void stop() {
    SERVICE.close();
    POSTGRES.close();
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void answers_are_those_without_the_records_after_the_last_seal(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<AccountRecord>> stored = new ArrayList<>();
    double share = 0;
    for (int partition = 0; partition < PARTITIONS; partition++) {
      List<AccountRecord> records = History.of(seed, partition, PARTITIONS, STEPS).records();
      int cut = partition == 0 || random.nextBoolean()
          ? cutAfterAnyKind(records, random)
          : Math.clamp((int) (share * records.size()) + random.nextInt(9) - 4, 1, records.size());
      share = (double) cut / records.size();
      stored.add(records.subList(0, cut));
    }
    assertSameAnswers(stored, UnsealedBlocksIT::lastSeal, blocksOf(stored), random);
  }

  /** The partitions have later blocks; usage and resolutions show at once, but for the order of a journal. */
  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void answers_are_those_without_the_records_of_blocks_that_are_not_read(@ForAll long seed) {
    Random random = new Random(seed);
    List<List<AccountRecord>> stored = IntStream.range(0, PARTITIONS)
        .mapToObj(partition -> History.of(seed, partition, PARTITIONS, STEPS).records()).toList();
    List<BlocksRecord> blocks = blocksOf(stored);
    List<Integer> cuts =
        IntStream.rangeClosed(1, blocks.size()).filter(read -> isStanding(blocks, read)).boxed().toList();
    List<BlocksRecord> read = blocks.subList(0, cuts.get(random.nextInt(cuts.size())));
    BlocksRecord last = read.getLast();
    assertSameAnswers(stored, records -> seal(records, last), read, random);
  }

  /** @param seal the place of the last record of the chain that is shown, unless it is retracted */
  private static void assertSameAnswers(List<List<AccountRecord>> stored, ToIntFunction<List<AccountRecord>> seal,
      List<BlocksRecord> blocks, Random random) {
    Walk walk = new Walk(DOCUMENT, stored.stream().flatMap(List::stream).toList(), random);
    replace(stored, blocks, random);
    Map<String, String> answers = walk.answers(SERVICE.port());
    replace(stored.stream().map(records -> without(records, seal.applyAsInt(records), false)).toList(), blocks, random);
    Map<String, String> expected = new HashMap<>(walk.answers(SERVICE.port()));
    replace(stored.stream().map(records -> without(records, seal.applyAsInt(records), true)).toList(), blocks, random);
    Map<String, String> journals = walk.answers(SERVICE.port());
    walk.journals().forEach(target -> expected.put(target, journals.get(target)));
    answers.forEach((target, answer) -> assertThat(answer).as(target).isEqualTo(expected.get(target)));
  }

  /** A fork that only the partitions have read ends the answers before it: no later record may retract what is read. */
  private static boolean isStanding(List<BlocksRecord> blocks, int read) {
    long newest = blocks.get(read - 1).blocks().getLast().number();
    return blocks.subList(read, blocks.size()).stream()
        .allMatch(later -> later.fromBlock().orElse(Long.MAX_VALUE) > newest);
  }

  private static List<BlocksRecord> blocksOf(List<List<AccountRecord>> stored) {
    BlocksScript script = new BlocksScript();
    return stored.stream().flatMap(records -> script.add(records).stream()).toList();
  }

  private static int lastSeal(List<AccountRecord> records) {
    return seal(records, _ -> true);
  }

  /** The place of the last seal of a record's block: answers as of it may have what a comparison has added. */
  private static int seal(List<AccountRecord> records, BlocksRecord of) {
    return seal(records, seal -> seal.blockHash().equals(of.blocks().getLast().hash()));
  }

  private static int seal(List<AccountRecord> records, Predicate<PartitionEvent.BlockSealed> wanted) {
    int end = 0;
    for (int i = 0; i < records.size(); i++) {
      end = records.get(i).event() instanceof PartitionEvent.BlockSealed seal && wanted.test(seal) ? i : end;
    }
    return end;
  }

  /** A cut after an event of any kind; each kind is as likely as any other. */
  private static int cutAfterAnyKind(List<AccountRecord> records, Random random) {
    List<? extends Class<?>> kinds = records.stream().map(each -> each.event().getClass()).distinct().toList();
    Class<?> kind = kinds.get(random.nextInt(kinds.size()));
    List<AccountRecord> ofKind = records.stream().filter(each -> kind.isInstance(each.event())).toList();
    return (int) ofKind.get(random.nextInt(ofKind.size())).seq() + 1;
  }

  /**
   * The records with others, of an owner that nobody asks for, instead of the chain's after a seal.
   *
   * @param ordered instead of what comes from off chain after one of them, of the same owner, too
   */
  private static List<AccountRecord> without(List<AccountRecord> records, int seal, boolean ordered) {
    List<AccountRecord> kept = new ArrayList<>();
    Set<WalletAddress> waiting = new HashSet<>();
    for (AccountRecord each : records) {
      boolean isHidden = each.seq() > seal && isOfBlock(each.event());
      if (isHidden && each.event() instanceof LedgerEvent.Posted posted) {
        waiting.add(posted.owner());
      }
      boolean isWaiting = ordered && !isOfBlock(each.event())
          && PartitionStream.keyOf(each).filter(waiting::contains).isPresent();
      kept.add(isHidden || isWaiting ? unasked(each) : each);
    }
    return kept;
  }

  /** A record that no answer has: a decision would be an entry by its own id. */
  private static AccountRecord unasked(AccountRecord each) {
    WalletAddress nobody = Wallets.inPartition(each.partition(), 100, new Partitions(PARTITIONS));
    return new AccountRecord(each.chainId(), each.partition(), each.seq(), "released:" + nobody, each.seq(),
        each.recordedAt(), new PartitionEvent.OwnerReleased(nobody));
  }

  /** Whether the event belongs to a block; what others report belongs to none, nor does a retraction without a seal. */
  private static boolean isOfBlock(AccountEvent event) {
    return switch (event) {
      case LedgerEvent.ChainDriven _, PartitionEvent.ServiceTermsSet _, PartitionEvent.PriceSet _,
          PartitionEvent.ReconciliationEnded _, PartitionEvent.BlockSealed _ -> true;
      case LedgerEvent.BreachDecision _, UsageEvent _, AccountEvent.PeriodEvent _,
          PartitionEvent.DeploymentDeclared _, PartitionEvent.BranchRetracted _, PartitionEvent.OwnerQuarantined _,
          PartitionEvent.OwnerReleased _ -> false;
    };
  }

  /** As the role that owns the tables: the one that runs may not. */
  private static void empty() {
    ServiceDatabase database = POSTGRES.database(NAME);
    try (Connection connection = database.migrating().on(database.url()).getConnection()) {
      connection.setSchema("read_model");
      QueryFixture.empty(DSL.using(connection, SQLDialect.POSTGRES));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Replaces what is stored by these records, written in random batches. */
  private static void replace(List<List<AccountRecord>> partitions, List<BlocksRecord> blocks, Random random) {
    QueryService service = SERVICE.bean(QueryService.class);
    empty();
    service.readModel().prepare(service.generations().forWrites());
    assertThat(service.readModel().blocks().handle(List.of(new RecordSequence<>(service.readModel().blocksTopic(), 0, 0)
        .next(blocks.stream().map(QueryFixture::delivered).toList(), 0))).getFirst().halted()).isEmpty();
    BatchWriter writer = service.readModel().batches(letters -> { });
    for (List<AccountRecord> records : partitions) {
      for (int from = 0; from < records.size();) {
        int to = Math.min(records.size(), from + 1 + random.nextInt(40));
        writer.write(List.of(new RecordSequence<>(service.readModel().topic(), records.getFirst().partition(), from)
            .next(records.subList(from, to).stream().map(UnsealedBlocksIT::delivered).toList(), from)));
        from = to;
      }
    }
  }

  private static ConsumerRecord<byte[], byte[]> delivered(AccountRecord record) {
    return QueryFixture.delivered(record.seq(), PartitionStream.keyOf(record).orElse(null), record);
  }
}
