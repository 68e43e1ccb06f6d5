package io.neuronledger.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.event.UsageEvent;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.directory.SearchAnswer;
import io.neuronledger.contracts.view.directory.SearchAnswer.Hit;
import io.neuronledger.contracts.view.entry.EntryId;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.Chain;
import io.neuronledger.query.fixture.Meters;
import io.neuronledger.query.fixture.Plans;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a text names, of everything and of one owner. */
class SearchIT {
  private static final WalletAddress OWNER = Wallets.wallet(1);
  private static final WalletAddress OTHER = Wallets.wallet(2);
  private static final WalletAddress PROVIDER = Wallets.wallet(7);
  private static final SubAccountId ID = new SubAccountId(OWNER, PROVIDER, ServiceName.of("a/b"));
  private static final SubAccountId OTHERS = new SubAccountId(OTHER, PROVIDER, ServiceName.of("a/b"));

  private final QueryFixture fixture = new QueryFixture(1);
  private final AccountEventScript script = AccountEventScript.started(0, 1);
  private final Meters meters = new Meters();

  @BeforeEach
  void history() {
    script.deposit(OWNER, neuron(50)).transfer(ID, neuron(40)).deposit(OTHER, neuron(50)).transfer(OTHERS, neuron(40));
    script.add(meters.recorded(ID, List.of(Meters.line("r-1", Chain.blockTime(1), 3),
        Meters.line("2", Chain.blockTime(1), 3))));
    script.add(meters.recorded(OTHERS, List.of(Meters.line("r-1", Chain.blockTime(1), 3)))).seal();
    script.settle(ID, neuron(5)).seal();
    fixture.process(script.records());
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void an_address_is_a_wallet_a_provider_or_both() {
    assertThat(found(OWNER.value())).containsExactly("ledger /v1/ledgers/" + OWNER);
    assertThat(found(OWNER.checksummed())).containsExactly("ledger /v1/ledgers/" + OWNER);
    assertThat(found(PROVIDER.value())).containsExactly("provider /v1/providers/" + PROVIDER);
    next(script.deposit(PROVIDER, neuron(1)).seal());
    assertThat(found(PROVIDER.value())).containsExactly("ledger /v1/ledgers/" + PROVIDER,
        "provider /v1/providers/" + PROVIDER);
    assertThat(found(Wallets.wallet(3).value())).isEmpty();
    WalletAddress routed = Wallets.wallet(4);
    next(script.add(meters.recorded(new SubAccountId(routed, PROVIDER, ID.service()),
        List.of(Meters.line("r-9", Chain.blockTime(1), 3)))).seal());
    assertThat(found(routed.value())).containsExactly("usage /v1/ledgers/" + routed + "/usage");
  }

  @Test
  void hashes_and_numbers_are_transactions_and_blocks() {
    String block = Chain.blockHash(2, 0).value();
    assertThat(found(block)).containsExactly("block /v1/blocks/2/entries");
    assertThat(found("0x" + block.substring(2).toUpperCase(Locale.ROOT))).containsExactly("block /v1/blocks/2/entries");
    String transaction = settledTransaction();
    assertThat(found(transaction)).containsExactly("transaction /v1/transactions/" + transaction + "/entries");
    assertThat(found("2")).as("a block and a request").containsExactly("block /v1/blocks/2/entries",
        "request /v1/ledgers/" + OWNER + "/usage?request_id=2");
    assertThat(found("3")).isEmpty();
    assertThat(found(Chain.blockHash(3, 0).value())).isEmpty();
  }

  @Test
  void ids_are_requests_settlements_and_entries() {
    assertThat(found("r-1")).containsExactly("request /v1/ledgers/" + OWNER + "/usage?request_id=r-1",
        "request /v1/ledgers/" + OTHER + "/usage?request_id=r-1");
    assertThat(found("r%1")).isEmpty();
    assertThat(found(settlement().toString())).containsExactly("settlement /v1/settlements/" + settlement());
    assertThat(found(settledEntry())).containsExactly("entry /v1/entries/" + settledEntry());
    assertThat(found("0-99")).isEmpty();
    assertThat(found("1-1")).isEmpty();
  }

  /** As callers ask who may read one wallet only. */
  @Test
  void only_what_is_of_the_owner_is_found_for_it() {
    assertThat(foundOf(OTHER, OWNER.value())).isEmpty();
    assertThat(foundOf(OTHER, OTHER.value())).containsExactly("ledger /v1/ledgers/" + OTHER);
    assertThat(foundOf(OTHER, PROVIDER.value()))
        .containsExactly("sub-account /v1/ledgers/" + OTHER + "/sub-accounts/" + PROVIDER + "/a%2Fb");
    assertThat(foundOf(OTHER, "r-1")).containsExactly("request /v1/ledgers/" + OTHER + "/usage?request_id=r-1");
    for (String foreign : List.of("2", Chain.blockHash(2, 0).value(), settledTransaction(), settlement().toString(),
        settledEntry())) {
      assertThat(foundOf(OTHER, foreign)).as(foreign).isEmpty();
    }
    String path = "/v1/entries/" + settledEntry() + "?owner=" + OWNER;
    assertThat(foundOf(OWNER, settledEntry())).containsExactly("entry " + path);
    assertThat(foundOf(OWNER, settlement().toString())).containsExactly("settlement " + path);
    assertThat(foundOf(OWNER, settledTransaction()))
        .containsExactly("transaction /v1/ledgers/" + OWNER + "/entries?transaction=" + settledTransaction());
  }

  /** Entries and settlements that the chain took back stay; blocks do not. */
  @Test
  void after_a_fork_names_of_both_branches_are_found_and_blocks_of_the_new_one_only() {
    String old = settledTransaction();
    SettlementId before = settlement();
    next(script.retract(2).seal());
    assertThat(found(Chain.blockHash(2, 0).value())).isEmpty();
    assertThat(found(Chain.blockHash(2, 1).value())).containsExactly("block /v1/blocks/2/entries");
    assertThat(found(old)).containsExactly("transaction /v1/transactions/" + old + "/entries");
    assertThat(found(before.toString())).containsExactly("settlement /v1/settlements/" + before);
  }

  @Test
  void entries_from_off_chain_are_found_by_their_ids() {
    AccountRecord report = script.records().stream()
        .filter(each -> each.event() instanceof UsageEvent.UsageRecorded of && of.owner().equals(OWNER))
        .findFirst().orElseThrow();
    String id = new EntryId(0, report.seq(), OptionalInt.of(0)).toString();
    assertThat(found(id)).containsExactly("entry /v1/entries/" + id);
    assertThat(foundOf(OWNER, id)).containsExactly("entry /v1/entries/" + id + "?owner=" + OWNER);
    assertThat(foundOf(Wallets.wallet(5), id)).isEmpty();
    assertThat(found("0-" + report.seq())).isEmpty();
    assertThat(found("00-" + report.seq())).isEmpty();
  }

  @Test
  void what_is_not_sealed_is_not_found() {
    next(script.deposit(Wallets.wallet(5), neuron(1)));
    assertThat(found(Wallets.wallet(5).value())).isEmpty();
  }

  @Test
  void more_requests_of_one_id_than_shown_are_said() {
    for (int i = 0; i < 21; i++) {
      script.add(meters.recorded(new SubAccountId(Wallets.wallet(100 + i), PROVIDER, ID.service()),
          List.of(Meters.line("same", Chain.blockTime(1), 3))));
      if (i == 19) {
        next(script.seal());
        assertThat(answer("same", Optional.empty())).satisfies(answer -> {
          assertThat(answer.hits()).hasSize(20);
          assertThat(answer.hasMore()).isFalse();
        });
      }
    }
    next(script.seal());
    assertThat(answer("same", Optional.empty()).hits()).hasSize(20);
    assertThat(answer("same", Optional.empty()).hasMore()).isTrue();
  }

  /** Each lookup reads what it shows among a hundred thousand others. */
  @Test
  void a_lookup_goes_along_an_index() {
    fixture.db().execute("""
        INSERT INTO usage_request SELECT owner, completed_at + n * interval '1 second', provider, 'x-' || n, service,
          source, model, api_key_id, unit, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
          images, seconds, clips, price, cached_input_price, output_price, unit_lines, unverified_fee, fee, partition,
          line, seq, recorded_at
        FROM usage_request CROSS JOIN generate_series(1, 50000) AS n WHERE request_id = '2'""");
    fixture.db().execute("""
        INSERT INTO block SELECT n, decode(lpad(to_hex(n), 64, '0'), 'hex'), now()
        FROM generate_series(5, 50000) AS n""");
    fixture.db().execute("""
        INSERT INTO entry SELECT owner, seq + n, partition, type, provider, service, amount, block, block_time,
          decode(lpad(to_hex(n), 64, '0'), 'hex'), evidence, retracted, payload
        FROM entry CROSS JOIN generate_series(100, 50000) AS n WHERE type = 'fees-settled.v1'""");
    for (String table : List.of("usage_request", "block", "entry")) {
      fixture.owner().execute("ANALYZE " + table);
    }
    assertLookup("r-1", "usage_request_id");
    assertLookup("nothing", "usage_request_id");
    assertLookup(settledTransaction(), "entry_transaction");
    assertLookup(Chain.blockHash(2, 0).value(), "block_hash");
    assertLookup("40000", "block_pk");
    assertLookup(settledEntry(), "entry_id");
  }

  private void assertLookup(String q, String index) {
    List<String> statements = new ArrayList<>();
    Plans.recording(fixture.db(), statements, db -> fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, _) -> new SearchQueries(new SearchFilter(q, Optional.empty(), Optional.empty()), asOf, db).answer()));
    Set<String> read = new TreeSet<>();
    for (String statement : statements) {
      assertThat(Plans.rowsRead(fixture.db(), statement)).as(statement).isLessThan(20);
      read.addAll(Plans.read(fixture.db(), statement));
    }
    assertThat(read).as(q).contains(index).doesNotContain("usage_request", "block", "entry");
  }

  private void next(AccountEventScript more) {
    long next = fixture.nextSeq(0);
    fixture.process(more.records().stream().filter(each -> each.seq() >= next).toList());
  }

  private List<String> found(String q) {
    return lines(answer(q, Optional.empty()));
  }

  private List<String> foundOf(WalletAddress owner, String q) {
    return lines(answer(q, Optional.of(owner)));
  }

  private static List<String> lines(SearchAnswer answer) {
    return answer.hits().stream().map(SearchIT::line).toList();
  }

  private static String line(Hit hit) {
    return hit.type().name().toLowerCase(Locale.ROOT).replace('_', '-') + " " + hit.path();
  }

  private SearchAnswer answer(String q, Optional<WalletAddress> owner) {
    Optional<WalletAddress> address = q.matches("0x[0-9a-fA-F]{40}")
        ? Optional.of(WalletAddress.typed(q)) : Optional.empty();
    return fixture.globalReads().answer(QueryFixture.NOW,
        (asOf, db) -> new SearchQueries(new SearchFilter(q, owner, address), asOf, db).answer());
  }

  private String settledTransaction() {
    return settled("'0x' || encode(transaction_hash, 'hex')");
  }

  private String settledEntry() {
    return settled("partition || '-' || seq");
  }

  private String settled(String column) {
    return String.valueOf(fixture.db().fetchValue("SELECT " + column + " FROM settlement WHERE branch = 0"));
  }

  private SettlementId settlement() {
    return new SettlementId(new ChainPosition(2, Integer.parseInt(settled("transaction_index")),
        Integer.parseInt(settled("step"))), 0);
  }

  private static Neuron neuron(long amount) {
    return Neuron.parse(String.valueOf(amount));
  }
}
