package io.neuronledger.query.blocks;

import static io.neuronledger.query.db.Tables.ENTRY;
import static io.neuronledger.query.db.Tables.LEDGER_STATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.LowestSealedBlock;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.SparseChain;
import io.neuronledger.query.fixture.SparseChain.Made;
import io.neuronledger.query.fixture.States;
import io.neuronledger.query.projection.EntryPayload;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jooq.DSLContext;
import org.jooq.Record;

/** Both topics of a chain with few records per block, read in any order and cut anywhere. */
class InterleavingPropertiesIT {
  private static final int PARTITIONS = 3;
  private static final int STEPS = 40;
  private static final int PIECE_MAX = 8;

  @Property(tries = 25)
  void every_answer_is_the_state_after_the_last_block_of_which_all_is_read(@ForAll long seed) {
    SparseChain chain = SparseChain.of(seed, PARTITIONS, STEPS);
    try (QueryFixture fixture = new QueryFixture(PARTITIONS); QueryFixture whole = new QueryFixture(PARTITIONS)) {
      Random random = new Random(seed);
      int[] read = new int[PARTITIONS + 1];
      while (advance(chain, fixture, read, random)) {
        check(chain, fixture, read, random);
      }
      whole.processBlocks(chain.blocks());
      whole.processEvents(IntStream.range(0, PARTITIONS).boxed().flatMap(each -> chain.events(each).stream()).toList());
      check(chain, whole, read, random);
      assertThat(fixture.tables()).isEqualTo(whole.tables());
    }
  }

  @Property(tries = 10)
  void blocks_that_are_read_again_change_nothing(@ForAll long seed) {
    SparseChain chain = SparseChain.of(seed, 1, STEPS);
    try (QueryFixture fixture = new QueryFixture(1)) {
      fixture.processBlocks(chain.blocks());
      var before = fixture.tables();
      int from = new Random(seed).nextInt(chain.blocks().size());
      fixture.processBlocks(chain.blocks().subList(from, chain.blocks().size()));
      assertThat(fixture.tables()).isEqualTo(before);
    }
  }

  /** Reads some more records of one topic, in one batch; the last place is that of the blocks. */
  private static boolean advance(SparseChain chain, QueryFixture fixture, int[] read, Random random) {
    List<Integer> left = IntStream.rangeClosed(0, PARTITIONS).filter(each -> read[each] < size(chain, each)).boxed()
        .toList();
    if (left.isEmpty()) {
      return false;
    }
    int topic = left.get(random.nextInt(left.size()));
    int from = read[topic];
    int most = random.nextInt(20) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(PIECE_MAX);
    read[topic] = from + Math.min(most, size(chain, topic) - from);
    if (topic == PARTITIONS) {
      assertThat(fixture.processBlocks(chain.blocks().subList(from, read[topic])).halted()).isEmpty();
    } else {
      List<AccountRecord> events = chain.events(topic).subList(from, read[topic]);
      assertThat(fixture.processEvents(events).partitions()).allMatch(partition -> partition.stopped().isEmpty());
    }
    return true;
  }

  private static int size(SparseChain chain, int topic) {
    return topic == PARTITIONS ? chain.blocks().size() : chain.events(topic).size();
  }

  private static void check(SparseChain chain, QueryFixture fixture, int[] read, Random random) {
    List<Optional<Made>> agreed = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      Optional<Made> block = chain.agreed(partition, read[partition], read[PARTITIONS]);
      agreed.add(block);
      for (WalletAddress owner : chain.owners(partition)) {
        if (block.isEmpty()) {
          assertThatThrownBy(() -> fixture.ownerReads().answer(owner, QueryFixture.NOW, (at, db) -> at))
              .isInstanceOf(Refusal.class);
        } else {
          checkOwner(chain, fixture, owner, block.get(), read, random);
        }
      }
    }
    assertThat(LowestSealedBlock.find(fixture.db(), fixture.following()).map(AsOf::blockHash))
        .isEqualTo(agreed.stream().allMatch(Optional::isPresent)
            ? agreed.stream().map(Optional::orElseThrow).min(Comparator.comparingLong(Made::number)).map(Made::hash)
            : Optional.empty());
  }

  private static void checkOwner(SparseChain chain, QueryFixture fixture, WalletAddress owner, Made block, int[] read,
      Random random) {
    ReadPoint now = assertState(fixture, owner, block, QueryFixture.NOW);
    assertThat(now.asOf().finalized())
        .isEqualTo(block.number() <= chain.blocks().get(read[PARTITIONS] - 1).finalizedBlock());
    Made past = chain.path(read[PARTITIONS]).get(random.nextInt((int) block.number()));
    assertState(fixture, owner, past, QueryFixture.at(past.number()));
  }

  private static ReadPoint assertState(QueryFixture fixture, WalletAddress owner, Made block, BlockSelector selector) {
    return fixture.ownerReads().answer(owner, selector, (at, db) -> {
      assertThat(at.asOf().blockHash()).isEqualTo(block.hash());
      LedgerState state = Optional.ofNullable(db.selectFrom(LEDGER_STATE)
              .where(LEDGER_STATE.OWNER.eq(owner), at.sees(LEDGER_STATE))
              .orderBy(ReadPoint.newestFirst(LEDGER_STATE)).limit(1).fetchOne())
          .map(row -> new LedgerState(row.get(LEDGER_STATE.OPEN), row.get(LEDGER_STATE.AVAILABLE), List.of()))
          .orElse(States.UNOPENED);
      assertThat(block.states()).extracting(states -> states.get(owner)).contains(state);
      if (selector.equals(QueryFixture.NOW)) {
        assertJournal(owner, at, state.available(), db);
      }
      return at;
    });
  }

  /** The entries that are shown lead to the state, the retracted ones included. */
  private static void assertJournal(WalletAddress owner, ReadPoint at, Neuron available, DSLContext db) {
    BigInteger sum = BigInteger.ZERO;
    for (Record row : db.select(ENTRY.fields()).from(ENTRY).where(ENTRY.OWNER.eq(owner), at.sees(ENTRY)).fetch()) {
      LedgerEvent event = EntryPayload.read(row).event();
      assertThat(row.get(ENTRY.RETRACTED) || event instanceof LedgerEvent.LedgerRewound
          || row.get(ENTRY.BLOCK) <= at.block()).isTrue();
      for (Posting posting : ((LedgerEvent.Posted) event).postings()) {
        if (!posting.account().equals(Posting.OUTSIDE)) {
          sum = sum.add(new BigInteger(posting.amount().toString()));
        }
      }
    }
    assertThat(sum).isEqualTo(available.value());
  }
}
