package io.neuronledger.cli.play;

import static io.neuronledger.cli.play.PlayedLedger.A;
import static io.neuronledger.cli.play.PlayedLedger.ALICE;
import static io.neuronledger.cli.play.PlayedLedger.B;
import static io.neuronledger.cli.play.PlayedLedger.BOB;
import static io.neuronledger.cli.play.PlayedLedger.C;
import static io.neuronledger.cli.play.PlayedLedger.CAROL;
import static io.neuronledger.cli.play.PlayedLedger.D;
import static io.neuronledger.cli.play.PlayedLedger.DAVE;
import static io.neuronledger.cli.play.PlayedLedger.FINE_TUNING;
import static io.neuronledger.cli.play.PlayedLedger.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.neuronledger.client.query.ApiException;
import io.neuronledger.client.query.api.BalancesApi.APIAdmissionRequest;
import io.neuronledger.client.query.api.BalancesApi.APIAtRiskRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgersRequest;
import io.neuronledger.client.query.api.BalancesApi.APIRefundsRequest;
import io.neuronledger.client.query.api.BalancesApi.APIRunwayRequest;
import io.neuronledger.client.query.api.BalancesApi.APISubAccountRequest;
import io.neuronledger.client.query.api.JournalApi.APIBlockEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntryRequest;
import io.neuronledger.client.query.api.JournalApi.APITransactionEntriesRequest;
import io.neuronledger.client.query.api.PricesApi.APIModelsRequest;
import io.neuronledger.client.query.api.ServiceApi.APIBlockRequest;
import io.neuronledger.client.query.api.ServiceApi.APISearchRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementsRequest;
import io.neuronledger.client.query.api.SettlementsApi.APITotalsRequest;
import io.neuronledger.client.query.api.UsageApi.APIProvidersRequest;
import io.neuronledger.client.query.api.UsageApi.APIServicesRequest;
import io.neuronledger.client.query.model.Admission;
import io.neuronledger.client.query.model.AdmissionCondition;
import io.neuronledger.client.query.model.AdmissionStep;
import io.neuronledger.client.query.model.AtRiskLine;
import io.neuronledger.client.query.model.Caller;
import io.neuronledger.client.query.model.Dashboard;
import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryAnswer;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.client.query.model.Ledger;
import io.neuronledger.client.query.model.LedgerLine;
import io.neuronledger.client.query.model.LogEvidence;
import io.neuronledger.client.query.model.ModelLine;
import io.neuronledger.client.query.model.OwnedEntry;
import io.neuronledger.client.query.model.ProviderLine;
import io.neuronledger.client.query.model.SearchHit;
import io.neuronledger.client.query.model.ServiceLine;
import io.neuronledger.client.query.model.Settlement;
import io.neuronledger.client.query.model.SubAccount;
import io.neuronledger.client.query.model.SubAccountAnswer;
import io.neuronledger.client.query.model.TotalsAnswer;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What the life cycle and the marketplace have made, read in every way. The expected amounts are written down here, not
 * taken from an answer; times and hashes are those of the chain's node. Block 8 settles 0.5, 9 and 10 request refunds
 * of 4.5 and 1, 13 cancels 2 of the first, 14 is a day later, 15 and 16 pay them, 17 settles 3 of a balance of 2, 20
 * closes Alice's ledger; 22 to 29 fund Carol and Dave, 30 to 33 settle with B, C, C and D.
 * What a client reads may lack any field: a test that meets this fails.
 */
@NullUnmarked
public abstract class Reads {
  private static final int NOTHING_FINAL = 503;
  private static final List<EntryType> SETTLEMENTS =
      List.of(EntryType.FEES_SETTLED_V1, EntryType.SETTLEMENT_REJECTED_V1);

  private final PlayedLedger played;

  protected Reads(PlayedLedger played) {
    this.played = played;
  }

  private Ledger ledger(String owner, UnaryOperator<APILedgerRequest.Builder> asked) throws ApiException {
    return played.balances().ledger(asked.apply(APILedgerRequest.newBuilder().owner(owner)).build());
  }

  private EntriesPage entries(String owner, UnaryOperator<APIEntriesRequest.Builder> asked) throws ApiException {
    return played.journal().entries(asked.apply(APIEntriesRequest.newBuilder().owner(owner)).build());
  }

  private static void assertBalances(Ledger ledger, Ledger.StateEnum state, String available, String locked,
      String total) {
    assertThat(List.of(ledger.getState(), ledger.getAvailable(), ledger.getLocked(), ledger.getTotal()))
        .isEqualTo(List.<Object>of(state, available, locked, total));
  }

  private static String zeroG(int whole) {
    return whole + "0".repeat(18);
  }

  // By time

  @Test
  void a_past_block_is_named_by_its_number_or_by_a_time_until_the_next() throws ApiException {
    for (Ledger then : List.of(ledger(ALICE, asked -> asked.atBlock(13L)),
        ledger(ALICE, asked -> asked.atTime(played.time(13))),
        ledger(ALICE, asked -> asked.atTime(played.time(14).minusSeconds(1))))) {
      assertThat(then.getAsOf().getBlock()).isEqualTo(13);
      assertThat(then.getAsOf().getBlockHash()).isEqualTo(played.hash(13));
      assertBalances(then, Ledger.StateEnum.OPEN, zeroG(4), "5500000000000000000", "9500000000000000000");
    }
    long last = played.lastOfTheSecondOf(14);
    assertThat(ledger(ALICE, asked -> asked.atTime(played.time(14))).getAsOf().getBlock()).isEqualTo(last);
    assertThat(played.service().block(APIBlockRequest.newBuilder().at(played.time(14).minusSeconds(1)).build())
        .getAsOf().getBlock()).isEqualTo(13);
    assertThat(played.service().block(APIBlockRequest.newBuilder().at(played.time(14)).build())
        .getAsOf().getBlock()).isEqualTo(last);
  }

  @Test
  void the_end_of_a_month_is_a_time() throws ApiException {
    assertBalances(ledger(CAROL, asked -> asked.atTime(played.time(34).withDayOfMonth(1).toLocalDate()
        .atStartOfDay().atOffset(played.time(34).getOffset()).minusSeconds(1))), Ledger.StateEnum.OPEN, zeroG(2),
        zeroG(18), zeroG(20));
  }

  @Test
  void before_a_wallet_existed_it_had_nothing() throws ApiException {
    assertBalances(ledger(CAROL, asked -> asked.atBlock(21L)), Ledger.StateEnum.NOT_OPENED, "0", "0", "0");
    assertBalances(ledger(CAROL, asked -> asked.atBlock(22L)), Ledger.StateEnum.OPEN, zeroG(20), "0", zeroG(20));
    assertBalances(ledger(ALICE, asked -> asked.atBlock(20L)), Ledger.StateEnum.CLOSED, "0", "0", "0");
  }

  @Test
  void before_a_sub_account_existed_it_held_nothing() throws ApiException {
    for (SubAccountAnswer then : List.of(funded(asked -> asked.atBlock(22L)),
        funded(asked -> asked.atTime(played.time(23).minusSeconds(1))))) {
      assertThat(then.getState()).isEqualTo(SubAccountAnswer.StateEnum.NOT_OPENED);
      assertThat(then.getSubAccount().getBalance()).isEqualTo("0");
    }
    SubAccountAnswer later = funded(asked -> asked.atBlock(29L));
    assertThat(later.getState()).isEqualTo(SubAccountAnswer.StateEnum.OPEN);
    assertThat(later.getSubAccount().getBalance()).isEqualTo(zeroG(8));
  }

  /** Carol's sub-account with D, which is the last that she funds. */
  private SubAccountAnswer funded(UnaryOperator<APISubAccountRequest.Builder> asked) throws ApiException {
    return played.balances().subAccount(asked.apply(
        APISubAccountRequest.newBuilder().owner(CAROL).provider(D).service(INFERENCE)).build());
  }

  @Test
  void nothing_is_final_yet() throws ApiException {
    assertThat(ledger(ALICE, asked -> asked.finality("latest")).getAsOf().getFinalized()).isFalse();
    assertThatThrownBy(() -> ledger(ALICE, asked -> asked.finality("finalized").atBlock(13L).waitSeconds(0)))
        .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.getCode()).isEqualTo(NOTHING_FINAL));
  }

  // The journal

  private static List<Object> line(Entry entry) {
    List<Object> line = new ArrayList<>(List.of(entry.getPosition().getBlock(), entry.getType().getValue()));
    add(line, entry.getAmount());
    return line;
  }

  private static void add(List<Object> line, @Nullable String amount) {
    if (amount != null) {
      line.add(amount);
    }
  }

  @Test
  void the_journal_goes_both_ways_in_pages_and_counts() throws ApiException {
    EntriesPage page = entries(ALICE, asked -> asked.type(SETTLEMENTS).order("asc").count(true));
    List<List<Object>> forward = page.getEntries().stream().map(Reads::line).toList();
    assertThat(forward).containsExactly(List.of(8L, "fees-settled.v1", "500000000000000000"),
        List.of(17L, "fees-settled.v1", zeroG(2)), List.of(18L, "settlement-rejected.v1"));
    assertThat(page.getCount()).isEqualTo(3);
    assertThat(page.getHasMore()).isFalse();
    assertThat(page.getEntries().get(1).getDetails()).satisfies(details -> {
      assertThat(details.getAsked()).isEqualTo(zeroG(3));
      assertThat(details.getWrittenOff()).isEqualTo(zeroG(1));
    });
    List<List<Object>> backward = new ArrayList<>();
    String cursor = null;
    do {
      String next = cursor;
      EntriesPage one = entries(ALICE, asked -> asked.type(SETTLEMENTS).limit(1).cursor(next));
      one.getEntries().forEach(entry -> backward.add(line(entry)));
      cursor = one.getHasMore() ? one.getNextCursor() : null;
    } while (cursor != null);
    assertThat(backward.reversed()).isEqualTo(forward);
  }

  @Test
  void each_filter_of_the_journal_is_one_of_a_kind() throws ApiException {
    assertThat(entries(ALICE, asked -> asked.provider(A).service(FINE_TUNING).order("asc").type(List.of(
        EntryType.FUNDS_TRANSFERRED_V1, EntryType.REFUND_REQUESTED_V1, EntryType.REFUNDS_COMPLETED_V1)))
        .getEntries()).extracting(entry -> entry.getPosition().getBlock(), Entry::getAmount)
        .containsExactly(tuple(7L, zeroG(1)), tuple(10L, zeroG(1)), tuple(16L, zeroG(1)));
    assertThat(entries(ALICE, asked -> asked.minAmount(zeroG(3)).maxAmount("4500000000000000000").order("asc"))
        .getEntries()).extracting(Reads::line).containsExactly(
            List.of(9L, "refund-requested.v1", "4500000000000000000"),
            List.of(19L, "funds-withdrawn.v1", zeroG(3)),
            List.of(20L, "funds-withdrawn.v1", "4500000000000000000"), List.of(21L, "funds-deposited.v1", zeroG(3)));
    assertThat(entries(ALICE, asked -> asked.type(SETTLEMENTS).startDate(played.day(8)).endDate(played.day(8)))
        .getEntries()).extracting(entry -> entry.getPosition().getBlock()).containsExactly(8L);
    assertThat(entries(ALICE, asked -> asked.type(SETTLEMENTS).startDate(played.day(17))).getEntries())
        .extracting(entry -> entry.getPosition().getBlock()).containsExactly(18L, 17L);
    assertThat(entries(ALICE, asked -> asked.transaction(played.transaction(17))).getEntries())
        .extracting(Reads::line).containsExactly(List.of(17L, "fees-settled.v1", zeroG(2)));
    assertThat(entries(ALICE, asked -> asked.evidence(List.of("none"))).getEntries())
        .as("the lock passed").extracting(entry -> entry.getPosition().getBlock(), Entry::getType)
        .containsExactly(tuple(14L, EntryType.REFUND_CLAIMABLE_V1), tuple(14L, EntryType.REFUND_CLAIMABLE_V1));
    assertThat(entries(ALICE, asked -> asked.evidence(List.of("trace", "snapshot"))).getEntries()).isEmpty();
  }

  @Test
  void an_entry_has_its_causes() throws ApiException {
    Entry paid = entries(ALICE, asked -> asked.transaction(played.transaction(15))
        .type(List.of(EntryType.REFUNDS_COMPLETED_V1))).getEntries().getFirst();
    assertThat(paid.getAmount()).isEqualTo("2500000000000000000");
    EntryAnswer answer = entry(paid.getId());
    assertThat(answer.getEntry()).isEqualTo(paid);
    assertThat(answer.getRefundRequests()).extracting(Reads::line)
        .containsExactly(List.of(9L, "refund-requested.v1", "4500000000000000000"));
    assertThat(answer.getSameTransaction()).extracting(Reads::line)
        .containsExactly(List.of(15L, "refund-requested.v1", zeroG(2)));
    assertThat(paid.getEvidence().getActualInstance()).isInstanceOfSatisfying(LogEvidence.class,
        log -> assertThat(log.getTransactionHash()).isEqualTo(played.transaction(15)));
  }

  @Test
  void a_settlements_entry_has_the_requests_that_it_covers() throws ApiException {
    Entry settled = entries(CAROL, asked -> asked.transaction(played.transaction(33))).getEntries().getFirst();
    EntryAnswer answer = entry(settled.getId());
    assertThat(answer.getSettlement()).satisfies(settlement -> {
      assertThat(settlement.getId()).isEqualTo("33-0-0-0");
      assertThat(settlement.getState()).isEqualTo(Settlement.StateEnum.MATCHED);
      assertThat(settlement.getRequests()).isEqualTo(50);
      assertThat(settlement.getFeeSum()).isEqualTo("5000000000000000100");
    });
    assertThat(answer.getMatchedRequests()).hasSize(50).first().satisfies(request -> {
      assertThat(request.getRequestId()).isEqualTo("req-0002");
      assertThat(request.getUnits().getCountedUnits().getCount()).isEqualTo(3);
      assertThat(request.getFee()).isEqualTo("150000000000000003");
    });
  }

  private EntryAnswer entry(String id) throws ApiException {
    return played.journal().entry(APIEntryRequest.newBuilder().entry(id).build());
  }

  @Test
  void a_transaction_and_a_block_have_the_entries_of_all_owners() throws ApiException {
    assertThat(played.journal().transactionEntries(
        APITransactionEntriesRequest.newBuilder().hash(played.transaction(33)).build()).getEntries())
        .extracting(OwnedEntry::getOwner, OwnedEntry::getAmount).containsExactlyInAnyOrder(
            tuple(CAROL, "5000000000000000100"), tuple(DAVE, zeroG(5)));
    assertThat(played.journal().blockEntries(APIBlockEntriesRequest.newBuilder().number(5L).build()).getEntries())
        .extracting(OwnedEntry::getOwner, OwnedEntry::getAmount, entry -> entry.getDetails().getPayer())
        .containsExactly(tuple(BOB, zeroG(5), ALICE));
  }

  @Test
  void detail_is_one_consistent_read() throws ApiException {
    Ledger then = ledger(ALICE, asked -> asked.detail(true).atBlock(13L));
    assertThat(then.getDetail().getSums()).satisfies(sums -> {
      assertThat(sums.getBalance()).isEqualTo(then.getLocked()).isEqualTo("5500000000000000000");
      assertThat(sums.getPendingRefund()).isEqualTo("3500000000000000000");
      assertThat(sums.getFree()).isEqualTo(zeroG(2));
      assertThat(sums.getUnreported()).as("settled without a report").isEqualTo("500000000000000000");
      assertThat(sums.getSpendable()).isEqualTo(zeroG(2));
    });
    assertThat(then.getDetail().getServices())
        .extracting(service -> service.getService(), service -> service.getSums().getBalance())
        .containsExactly(tuple(FINE_TUNING, zeroG(1)), tuple(INFERENCE, "4500000000000000000"));
    assertThat(then.getDetail().getSubAccounts()).extracting(SubAccount::getProvider, SubAccount::getBalance,
        each -> each.getRefunds().getFirst().getAmount()).containsExactly(tuple(A, zeroG(1), zeroG(1)),
            tuple(A, "4500000000000000000", "2500000000000000000"));
    assertThat(ledger(ALICE, asked -> asked.atBlock(13L)).getDetail()).isNull();
  }

  // Search and lists

  @Test
  void each_kind_of_name_is_found() throws ApiException {
    String entry = entries(ALICE, asked -> asked.transaction(played.transaction(17))).getEntries().getFirst().getId();
    assertThat(found(CAROL)).containsExactly(tuple("ledger", CAROL));
    assertThat(found(D)).containsExactly(tuple("provider", D));
    assertThat(found(played.transaction(33))).containsExactly(tuple("transaction", played.transaction(33)));
    assertThat(found(played.hash(33))).containsExactly(tuple("block", "33"));
    assertThat(found("33")).containsExactly(tuple("block", "33"));
    assertThat(found("req-0002")).containsExactly(tuple("request", "req-0002"));
    assertThat(found("33-0-0-0")).containsExactly(tuple("settlement", "33-0-0-0"));
    assertThat(found(entry)).containsExactly(tuple("entry", entry));
    assertThat(found("nothing")).isEmpty();
    assertThat(played.service().search(APISearchRequest.newBuilder().q("req-0002").owner(CAROL).build()).getHits())
        .extracting(SearchHit::getOwner).containsExactly(CAROL);
    assertThat(played.service().search(APISearchRequest.newBuilder().q("req-0002").owner(DAVE).build()).getHits())
        .isEmpty();
  }

  private List<Object> found(String text) throws ApiException {
    List<Object> found = new ArrayList<>();
    for (SearchHit hit : played.service().search(APISearchRequest.newBuilder().q(text).build()).getHits()) {
      found.add(tuple(hit.getType().getValue(), hit.getId()));
    }
    return found;
  }

  private List<String> owners(UnaryOperator<APILedgersRequest.Builder> asked) throws ApiException {
    return played.balances().ledgers(asked.apply(APILedgersRequest.newBuilder()).build()).getLedgers().stream()
        .map(LedgerLine::getOwner).toList();
  }

  @Test
  void lists_of_wallets_have_filters_and_several_values() throws ApiException {
    assertThat(owners(asked -> asked.atBlock(20L).state(List.of("open", "closed")))).containsExactly(BOB, ALICE);
    assertThat(owners(asked -> asked.atBlock(20L).state(List.of("closed")))).containsExactly(ALICE);
    assertThat(owners(asked -> asked.atBlock(33L).provider(List.of(B, D)))).containsExactly(CAROL, DAVE);
    assertThat(owners(asked -> asked.atBlock(33L).minTotal("10265012345319898000"))).containsExactly(CAROL);
    assertThat(owners(asked -> asked.atBlock(33L).minTotal("10265012345319898001"))).isEmpty();
    assertThat(owners(asked -> asked.atBlock(33L).minAvailable(zeroG(5)))).containsExactly(BOB, DAVE);
    assertThat(owners(asked -> asked.atBlock(33L).minAvailable("5000000000000000001"))).isEmpty();
    assertThat(owners(asked -> asked.atBlock(13L).refundState(List.of("waiting")))).containsExactly(ALICE);
    assertThat(owners(asked -> asked.atBlock(13L).refundState(List.of("claimable")))).isEmpty();
    assertThat(owners(asked -> asked.atBlock(14L).refundState(List.of("claimable")))).containsExactly(ALICE);
    assertThat(owners(asked -> asked.atBlock(33L).inactiveSince(played.time(30).minusDays(1))))
        .containsExactly(BOB, ALICE);
    assertThat(played.balances().refunds(APIRefundsRequest.newBuilder().atBlock(14L).state(List.of("claimable"))
        .build()).getRefunds()).extracting(refund -> refund.getService(), refund -> refund.getAmount())
        .containsExactly(tuple(FINE_TUNING, zeroG(1)), tuple(INFERENCE, "2500000000000000000"));
  }

  /** One 0G more than the sub-account has spendable, and the minimum beside it. */
  @Test
  void a_request_beyond_what_is_spendable_says_what_to_transfer() throws ApiException {
    String spendable = played.balances().subAccount(APISubAccountRequest.newBuilder().owner(CAROL).provider(C)
        .service(INFERENCE).build()).getSubAccount().getSpendable();
    BigInteger cost = new BigInteger(String.valueOf(spendable)).add(BigInteger.TEN.pow(18));
    Admission beyond = admission(cost.toString());
    assertThat(beyond.getAdmitted()).isFalse();
    assertThat(beyond.getConditions()).filteredOn(each -> each.getState() == AdmissionCondition.StateEnum.NOT_MET)
        .extracting(AdmissionCondition::getName).contains(AdmissionCondition.NameEnum.MINIMUM_LOCKED);
    assertThat(beyond.getSteps().getLast().getAction()).isEqualTo(AdmissionStep.ActionEnum.TRANSFER_FUND);
    assertThat(beyond.getSteps().getLast().getAmount()).isEqualTo(zeroG(2));
  }

  @Test
  void a_caller_learns_what_the_credential_is_good_for() throws ApiException {
    Caller caller = played.service().caller();
    assertThat(caller.getSubject()).startsWith("nlk_");
    assertThat(caller.getCredential()).isEqualTo(Caller.CredentialEnum.API_KEY);
    assertThat(caller.getScopes()).contains(Caller.ScopesEnum.LEDGER_READ);
  }

  /** Of the chain it has the contract that is followed. */
  @Test
  void a_page_learns_where_the_services_are() throws ApiException {
    Dashboard page = played.service().dashboard();
    assertThat(page.getChain().getContract())
        .isEqualTo(played.service().status().getDeployment().getContracts().getFirst());
    assertThat(page.getServices().getCommand()).hasHost("127.0.0.1");
    assertThat(page.getSignIn().getClientId()).isEqualTo("dashboard");
  }

  private Admission admission(String cost) throws ApiException {
    return played.balances().admission(APIAdmissionRequest.newBuilder().owner(CAROL).provider(C).service(INFERENCE)
        .cost(cost).build());
  }

  @Test
  void a_runway_needs_days_of_use() throws ApiException {
    assertThat(played.balances().runway(APIRunwayRequest.newBuilder().owner(CAROL).build()).getSubAccounts())
        .isNotEmpty().allMatch(each -> each.getRefusedAt() == null);
    assertThat(played.balances().atRisk(APIAtRiskRequest.newBuilder().within("1h").build()).getSubAccounts())
        .allMatch(each -> each.getState() == AtRiskLine.StateEnum.REFUSED);
  }

  @Test
  void lists_of_providers_services_models_and_settlements() throws ApiException {
    assertThat(played.usage().providers(APIProvidersRequest.newBuilder().build()).getProviders())
        .extracting(ProviderLine::getProvider).containsExactlyInAnyOrder(A, B, C, D);
    assertThat(played.usage().services(APIServicesRequest.newBuilder().build()).getServices())
        .extracting(ServiceLine::getService, ServiceLine::getLockSeconds)
        .containsExactly(tuple(FINE_TUNING, 86_400L), tuple(INFERENCE, 86_400L));
    assertThat(played.prices().models(APIModelsRequest.newBuilder().build()).getData())
        .extracting(ModelLine::getId, ModelLine::getType, ModelLine::getProviderCount).containsExactly(
            tuple("flux-turbo", "text-to-image", 1L), tuple("glm-5-fp8", "chatbot", 1L),
            tuple("qwen3-vl-30b", null, 0L), tuple("whisper-large-v3", "speech-to-text", 1L));
    assertThat(played.settlements().settlements(APISettlementsRequest.newBuilder().provider(List.of(A, D))
        .state(List.of("matched", "unreported")).build()).getSettlements())
        .extracting(Settlement::getId, Settlement::getAsked).containsExactly(
            tuple("33-0-1-0", "7500000000000000150"), tuple("33-0-0-0", "5000000000000000100"),
            tuple("17-0-0-0", zeroG(3)), tuple("8-0-0-0", "500000000000000000"));
  }

  @Test
  void totals_are_by_service_and_by_day() throws ApiException {
    TotalsAnswer totals = played.settlements().totals(APITotalsRequest.newBuilder().atBlock(33L).build());
    assertThat(totals.getSettled().getAmount()).isEqualTo("22098938272329297050");
    assertThat(totals.getSettled().getWrittenOff()).isEqualTo("3500000000000000150");
    assertThat(totals.getHeld()).satisfies(held -> {
      assertThat(held.getAvailable()).isEqualTo(zeroG(15));
      assertThat(held.getPendingRefund()).isEqualTo("0");
      assertThat(new BigInteger(held.getTotal())).as("what all wallets have").isEqualTo(
          played.balances().ledgers(APILedgersRequest.newBuilder().atBlock(33L).build()).getLedgers().stream()
              .map(each -> new BigInteger(each.getTotal())).reduce(BigInteger.ZERO, BigInteger::add));
    });
    TotalsAnswer now = played.settlements().totals(APITotalsRequest.newBuilder().build());
    assertThat(now.getUsed().getRequests()).isEqualTo(300);
    assertThat(now.getOutstanding()).as("Alice's two settlements of 3.5 have no requests").isEqualTo(
        "-3500000000000000000");
    assertThat(totals.getServices()).extracting(each -> each.getService(), each -> each.getSettled().getSettlements(),
        each -> each.getHeld().getLocked())
        .containsExactly(tuple(FINE_TUNING, 0L, "0"), tuple(INFERENCE, 10L, totals.getHeld().getLocked()));
    assertThat(totals.getDays()).filteredOn(each -> each.getSettled().getSettlements() > 0)
        .extracting(each -> each.getDay(), each -> each.getSettled().getAmount(),
        each -> each.getSettled().getWrittenOff()).containsExactly(
            tuple(played.day(8), "500000000000000000", "0"), tuple(played.day(17), zeroG(2), zeroG(1)),
            tuple(played.day(30), "19598938272329297050", "2500000000000000150"));
    TotalsAnswer thatDay = played.settlements().totals(APITotalsRequest.newBuilder().startDate(played.day(8))
        .endDate(played.day(8)).build());
    assertThat(thatDay.getHeld().getPendingRefund()).as("at its end, 2.5 and 1").isEqualTo("3500000000000000000");
    assertThat(thatDay.getSettled().getSettlements()).isEqualTo(1);
  }

  // Forms

  @Test
  void amounts_in_0g_are_exact_decimals_beside_those_in_neuron() throws ApiException {
    Ledger now = ledger(CAROL, asked -> asked.atBlock(33L).unit("0G"));
    assertThat(List.of(now.getAvailable0g(), now.getLocked0g(), now.getTotal0g()))
        .containsExactly("2", "8.265012345319898", "10.265012345319898");
    assertBalances(now, Ledger.StateEnum.OPEN, zeroG(2), "8265012345319898000", "10265012345319898000");
    assertThat(ledger(CAROL, asked -> asked.atBlock(33L)).getTotal0g()).isNull();
  }

  @Test
  void addresses_are_answered_with_their_checksum() throws ApiException {
    assertThat(ledger(CAROL.toLowerCase(Locale.ROOT), asked -> asked).getOwner()).isEqualTo(CAROL);
  }
}
