package io.neuronledger.cli.play;

import static io.neuronledger.cli.play.PlayedLedger.ALICE;
import static io.neuronledger.cli.play.PlayedLedger.C;
import static io.neuronledger.cli.play.PlayedLedger.CAROL;
import static io.neuronledger.cli.play.PlayedLedger.FINE_TUNING;
import static io.neuronledger.cli.play.PlayedLedger.INFERENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.neuronledger.client.command.ApiException;
import io.neuronledger.client.command.api.SettlementsApi;
import io.neuronledger.client.command.api.SettlementsApi.APIResolveDiscrepancyRequest;
import io.neuronledger.client.command.api.UsageApi;
import io.neuronledger.client.command.api.UsageApi.APICorrectUsageRequest;
import io.neuronledger.client.command.api.UsageApi.APIReportUsageBatchRequest;
import io.neuronledger.client.command.api.UsageApi.APIReportUsageRequest;
import io.neuronledger.client.command.model.CorrectUsageRequest;
import io.neuronledger.client.command.model.CountedUnits;
import io.neuronledger.client.command.model.DiscrepancyResolution;
import io.neuronledger.client.command.model.ResolveDiscrepancyRequest;
import io.neuronledger.client.command.model.Units;
import io.neuronledger.client.command.model.UsageCorrection;
import io.neuronledger.client.command.model.UsageReceipt;
import io.neuronledger.client.command.model.UsageReceipts;
import io.neuronledger.client.command.model.UsageReport;
import io.neuronledger.client.indexer.api.ReconciliationApi;
import io.neuronledger.client.query.api.BalancesApi.APILedgerRequest;
import io.neuronledger.client.query.api.BalancesApi.APILedgersRequest;
import io.neuronledger.client.query.api.BalancesApi.APISubAccountRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.api.JournalApi.APIEntryRequest;
import io.neuronledger.client.query.api.SettlementsApi.APIDiscrepanciesRequest;
import io.neuronledger.client.query.api.SettlementsApi.APISettlementReportRequest;
import io.neuronledger.client.query.api.SettlementsApi.APITotalsRequest;
import io.neuronledger.client.query.api.UsageApi.APIServicesRequest;
import io.neuronledger.client.query.api.UsageApi.APIUsageRequest;
import io.neuronledger.client.query.api.UsageApi.APIUsageStatsRequest;
import io.neuronledger.client.query.model.AsOf;
import io.neuronledger.client.query.model.Discrepancy;
import io.neuronledger.client.query.model.DiscrepancyKind;
import io.neuronledger.client.query.model.DiscrepancyState;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryAnswer;
import io.neuronledger.client.query.model.EntryResolution;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.client.query.model.PeriodRow;
import io.neuronledger.client.query.model.ServiceLine;
import io.neuronledger.client.query.model.SetApart;
import io.neuronledger.client.query.model.TotalsAnswerCompared;
import io.neuronledger.client.query.model.UsagePageLine;
import io.neuronledger.client.query.model.UsageState;
import io.neuronledger.client.query.model.UsageStats;
import java.math.BigInteger;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Reports, corrections and decisions, each seen by the first read that has its token. Carol has used C for
 * 1866666666666679500 neuron in 50 requests before; a second costs 533333333333337 neuron. One test goes on from the
 * other.
 * What a client reads may lack any field: a test that meets this fails.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@NullUnmarked
public abstract class Writes {
  private static final String MODEL = "whisper-large-v3";
  static final String SECOND = "533333333333337";
  private static final int WAIT_S = 30;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int REFUSED = 422;
  private static final long NEWEST = 34;
  /** Two epochs of the dev node: what is that far below its head is final. */
  private static final int FINAL_AFTER = 64;

  private final PlayedLedger played;

  protected Writes(PlayedLedger played) {
    this.played = played;
  }

  private UsageReport report(String id, long seconds, String fee) {
    return report(played, id, seconds, fee);
  }

  /** Of Carol's use of C. */
  static UsageReport report(PlayedLedger played, String id, long seconds, String fee) {
    return new UsageReport().requestId(id).owner(CAROL).provider(C).service(INFERENCE).model(MODEL)
        .units(new Units(new CountedUnits().kind(CountedUnits.KindEnum.SECONDS).count(seconds).price(SECOND)))
        .fee(fee).when(played.time(33)).source(UsageReport.SourceEnum.DIRECT);
  }

  private UsageApi reporter() {
    return new UsageApi(played.provider());
  }

  private UsageCorrection correct(UsageReport wrong, CorrectUsageRequest correction) throws ApiException {
    return new UsageApi(played.finance()).correctUsage(APICorrectUsageRequest.newBuilder()
        .correctUsageRequest(correction.report(wrong)).build());
  }

  private UsagePageLine usage(String id, String token) throws io.neuronledger.client.query.ApiException {
    return played.usage().usage(APIUsageRequest.newBuilder().owner(CAROL).requestId(id).minToken(token)
        .waitSeconds(WAIT_S).build()).getUsage().getFirst();
  }

  /** What Carol owes C for requests that no settlement covers, and what she has used of the model in all. */
  private void assertUsed(String token, String unsettled, long requests, long seconds, String cost)
      throws io.neuronledger.client.query.ApiException {
    assertThat(played.balances().subAccount(APISubAccountRequest.newBuilder().owner(CAROL).provider(C)
        .service(INFERENCE).minToken(token).waitSeconds(WAIT_S).build()).getSubAccount().getUnsettled())
        .isEqualTo(unsettled);
    assertThat(played.usage().usageStats(APIUsageStatsRequest.newBuilder().owner(CAROL).model(List.of(MODEL))
        .minToken(token).waitSeconds(WAIT_S).build()).getModels())
        .extracting(each -> each.getProvider(), each -> each.getRequests(), each -> each.getSeconds(),
            each -> each.getCost())
        .containsExactly(tuple(C, requests, seconds, cost));
  }

  @Test
  @Order(1)
  void one_request_is_reported() throws Exception {
    UsageReceipt receipt = reporter().reportUsage(
        APIReportUsageRequest.newBuilder().usageReport(report("w-1", 3, "1600000000000011")).build());
    assertThat(receipt.getOutcome()).isEqualTo(UsageReceipt.OutcomeEnum.RECORDED);
    assertThat(usage("w-1", receipt.getToken())).satisfies(line -> {
      assertThat(line.getFee()).isEqualTo("1600000000000011");
      assertThat(line.getUnits().getCountedUnits().getCount()).isEqualTo(3);
      assertThat(line.getReversal()).isNull();
    });
    assertUsed(receipt.getToken(), "1600000000000011", 51, 3_503, "1868266666666679511");
  }

  @Test
  @Order(2)
  void a_batch_has_a_receipt_for_each_and_one_token() throws Exception {
    UsageReceipts receipts = reporter().reportUsageBatch(APIReportUsageBatchRequest.newBuilder().usageReport(List.of(
        report("w-1", 3, "1600000000000011"), report("w-2", 2, "1066666666666674"), report("w-3", 1, "7"))).build());
    assertThat(receipts.getReceipts()).extracting(UsageReceipt::getRequestId, UsageReceipt::getOutcome)
        .containsExactly(tuple("w-1", UsageReceipt.OutcomeEnum.REPEATED),
            tuple("w-2", UsageReceipt.OutcomeEnum.RECORDED), tuple("w-3", UsageReceipt.OutcomeEnum.REFUSED));
    assertThat(receipts.getReceipts().getLast().getProblem().getExpectedFee()).isEqualTo(SECOND);
    assertUsed(receipts.getToken(), "2666666666666685", 52, 3_505, "1869333333333346185");
  }

  @Test
  @Order(3)
  void a_wrong_report_is_reversed() throws Exception {
    UsageCorrection reversed =
        correct(report("w-1", 3, "1600000000000011"), new CorrectUsageRequest().reason("It was never served."));
    assertThat(reversed.getBy()).isEqualTo("operator");
    assertThat(reversed.getReplacedBy()).isNull();
    assertThat(usage("w-1", reversed.getToken()).getReversal())
        .satisfies(reversal -> {
          assertThat(reversal.getReason()).isEqualTo("It was never served.");
          assertThat(reversal.getBy()).as("the key may read what belongs to finance").isEqualTo("operator");
        });
    assertUsed(reversed.getToken(), "1066666666666674", 51, 3_502, "1867733333333346174");
  }

  @Test
  @Order(4)
  void a_wrong_report_is_replaced() throws Exception {
    UsageCorrection replaced = correct(report("w-2", 2, "1066666666666674"), new CorrectUsageRequest()
        .replacement(report("w-2-b", 1, SECOND)).reason("It took one second."));
    assertThat(replaced.getReplacedBy()).isEqualTo("w-2-b");
    assertThat(usage("w-2", replaced.getToken()).getReversal().getReplacedBy()).isEqualTo("w-2-b");
    assertThat(usage("w-2-b", replaced.getToken()).getReplaces()).isEqualTo("w-2");
    assertUsed(replaced.getToken(), SECOND, 51, 3_501, "1867200000000012837");
    assertThat(played.balances().ledger(APILedgerRequest.newBuilder().owner(CAROL).detail(true)
        .minToken(replaced.getToken()).waitSeconds(WAIT_S).build()).getDetail()).satisfies(detail -> {
          assertThat(detail.getSums().getUnsettled()).isEqualTo(SECOND);
          assertThat(detail.getServices()).extracting(each -> each.getService(), each -> each.getSums().getUnsettled())
              .containsExactly(tuple(INFERENCE, SECOND));
        });
    assertThat(played.settlements().settlementReport(APISettlementReportRequest.newBuilder().provider(List.of(C))
        .minToken(replaced.getToken()).waitSeconds(WAIT_S).build()).getRows())
        .extracting(PeriodRow::getRequests, PeriodRow::getClosing).containsExactly(tuple(101L, SECOND));
  }

  @Test
  @Order(5)
  void a_decision_of_people_has_a_token_too() throws Exception {
    Discrepancy open = discrepancies(null).stream().filter(each -> "17-0-0-0".equals(each.getSettlement())).findFirst()
        .orElseThrow();
    assertThat(open.getState()).isEqualTo(DiscrepancyState.OPEN);
    assertThat(open.getAmount()).isEqualTo("3000000000000000000");
    DiscrepancyResolution decided = new SettlementsApi(played.finance()).resolveDiscrepancy(
        APIResolveDiscrepancyRequest.newBuilder().key(open.getKey()).resolveDiscrepancyRequest(
            new ResolveDiscrepancyRequest().amount(open.getAmount()).reason("Agreed with A.")).build());
    assertThat(discrepancies(decided.getToken())).filteredOn(each -> each.getKey().equals(open.getKey()))
        .singleElement().satisfies(each -> {
          assertThat(each.getState()).isEqualTo(DiscrepancyState.RESOLVED);
          assertThat(each.getResolution().getReason()).isEqualTo("Agreed with A.");
        });
    Entry shown = lines(ALICE, EntryType.DIFFERENCE_RESOLVED_V1, decided.getToken()).getFirst();
    assertThat(shown.getResolution()).satisfies(resolution -> {
      assertThat(resolution.getKey()).isEqualTo(open.getKey());
      assertThat(resolution.getState()).isEqualTo(EntryResolution.StateEnum.RESOLVED);
      assertThat(resolution.getAmount()).isEqualTo("3000000000000000000");
    });
    Entry settled = played.journal().entries(APIEntriesRequest.newBuilder().owner(ALICE)
        .transaction(played.transaction(17)).build()).getEntries().getFirst();
    assertThat(entry(settled.getId()).getResolutions()).extracting(EntryResolution::getKey, EntryResolution::getReason)
        .containsExactly(tuple(open.getKey(), "Agreed with A."));
  }

  /** All blocks with entries of the owner are sealed: what comes from off chain is shown as soon as it is recorded. */
  private List<Entry> lines(String owner, EntryType type, @Nullable String token)
      throws io.neuronledger.client.query.ApiException {
    return played.journal().entries(APIEntriesRequest.newBuilder().owner(owner).type(List.of(type)).limit(3)
        .minToken(token).waitSeconds(WAIT_S).build()).getEntries();
  }

  private EntryAnswer entry(String id) throws io.neuronledger.client.query.ApiException {
    return played.journal().entry(APIEntryRequest.newBuilder().entry(id).build());
  }

  private List<Discrepancy> discrepancies(@Nullable String token)
      throws io.neuronledger.client.query.ApiException {
    return played.settlements().discrepancies(APIDiscrepanciesRequest.newBuilder().owner(ALICE).minToken(token)
        .kind(List.of(DiscrepancyKind.SETTLEMENT_UNREPORTED)).waitSeconds(WAIT_S).build()).getDiscrepancies();
  }

  @Test
  @Order(6)
  void the_journal_has_reports_and_their_reversals() throws Exception {
    UsageReceipt receipt = reporter().reportUsage(
        APIReportUsageRequest.newBuilder().usageReport(report("w-4", 1, SECOND)).build());
    assertThat(lines(CAROL, EntryType.USAGE_RECORDED_V1, receipt.getToken()))
        .extracting(line -> line.getRequest().getRequestId(), Entry::getAmount).containsExactly(
            tuple("w-4", SECOND), tuple("w-2-b", SECOND), tuple("w-2", "1066666666666674"));
    List<Entry> reversals = lines(CAROL, EntryType.USAGE_REVERSED_V1, null);
    assertThat(reversals).extracting(line -> line.getRequest().getRequestId(),
        line -> line.getRequest().getReversal().getReplacedBy(), line -> line.getRequest().getReversal().getBy())
        .containsExactly(tuple("w-2", "w-2-b", null), tuple("w-1", null, null));
    EntryAnswer replaced = entry(reversals.getFirst().getId());
    assertThat(replaced.getEntry()).isEqualTo(reversals.getFirst());
    assertThat(replaced.getCorrections()).extracting(Entry::getType, line -> line.getRequest().getRequestId())
        .containsExactly(tuple(EntryType.USAGE_RECORDED_V1, "w-2"), tuple(EntryType.USAGE_RECORDED_V1, "w-2-b"));
  }

  @Test
  @Order(7)
  void usage_of_a_service_that_the_chain_does_not_know_is_set_apart() throws Exception {
    UsageReceipt receipt = reporter().reportUsage(APIReportUsageRequest.newBuilder()
        .usageReport(report("w-5", 2, "1066666666666674").service("video-v1.0")).build());
    assertThat(receipt.getOutcome()).isEqualTo(UsageReceipt.OutcomeEnum.RECORDED);
    assertThat(usage("w-5", receipt.getToken())).satisfies(line -> {
      assertThat(line.getState()).isEqualTo(UsageState.SET_APART);
      assertThat(line.getSetApart()).isEqualTo(SetApart.SERVICE_UNKNOWN);
    });
    UsageStats stats = played.usage().usageStats(APIUsageStatsRequest.newBuilder().owner(CAROL).model(List.of(MODEL))
        .minToken(receipt.getToken()).waitSeconds(WAIT_S).build());
    assertThat(stats.getTotal().getRequests()).as("with w-4").isEqualTo(52);
    assertThat(stats.getSetApart()).satisfies(sums -> {
      assertThat(sums.getRequests()).isEqualTo(1);
      assertThat(sums.getCost()).isEqualTo("1066666666666674");
    });
    assertThat(played.usage().services(APIServicesRequest.newBuilder().build()).getServices())
        .extracting(ServiceLine::getService).containsExactly(FINE_TUNING, INFERENCE);
  }

  @Test
  @Order(8)
  void a_request_that_is_completed_in_the_future_is_refused() {
    OffsetDateTime newest = played.time(NEWEST);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    UsageReport early = report("w-6", 1, SECOND).when((newest.isAfter(now) ? newest : now).plusHours(2));
    assertThatThrownBy(() -> reporter().reportUsage(APIReportUsageRequest.newBuilder().usageReport(early).build()))
        .isInstanceOfSatisfying(ApiException.class, refused -> {
          assertThat(refused.getCode()).isEqualTo(REFUSED);
          assertThat(refused.getResponseBody()).contains("\"completed-in-future\"");
        });
  }

  @Test
  @Order(9)
  void totals_have_what_the_contract_held_at_the_last_comparison() throws Exception {
    new ReconciliationApi(played.indexer()).reconcile();
    TotalsAnswerCompared compared = await().atMost(PATIENCE).until(this::compared,
        each -> each != null && each.getBlock() == NEWEST);
    assertThat(compared.getBlockTime()).isEqualTo(played.time(NEWEST));
    assertThat(compared.getHeld()).isEqualTo(compared.getOwed());
    assertThat(new BigInteger(compared.getOwed())).as("what all wallets have").isEqualTo(
        played.balances().ledgers(APILedgersRequest.newBuilder().build()).getLedgers().stream()
            .map(each -> new BigInteger(each.getTotal())).reduce(BigInteger.ZERO, BigInteger::add));
  }

  private @Nullable TotalsAnswerCompared compared() throws io.neuronledger.client.query.ApiException {
    return played.settlements().totals(APITotalsRequest.newBuilder().build()).getCompared();
  }

  /** The last one: it moves the newest block. */
  @Test
  @Order(10)
  void what_is_final_is_answered_as_final() throws Exception {
    played.chain().call("anvil_mine", "0x" + Integer.toHexString(FINAL_AFTER));
    for (long block : List.of(13L, NEWEST)) {
      AsOf then = played.balances().ledger(APILedgerRequest.newBuilder().owner(ALICE).atBlock(block)
          .finality("finalized").waitSeconds(WAIT_S).build()).getAsOf();
      assertThat(then.getBlock()).isEqualTo(block);
      assertThat(then.getFinalized()).isTrue();
    }
    assertThat(played.balances().ledger(APILedgerRequest.newBuilder().owner(ALICE).finality("finalized").build())
        .getAsOf()).satisfies(newest -> {
          assertThat(newest.getBlock()).isEqualTo(NEWEST);
          assertThat(newest.getFinalized()).isTrue();
        });
  }
}
