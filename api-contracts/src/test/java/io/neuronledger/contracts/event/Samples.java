package io.neuronledger.contracts.event;

import io.neuronledger.contracts.balance.Balances;
import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.balance.PendingRefund;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.balance.StoredPosting;
import io.neuronledger.contracts.balance.SubAccountBalances;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.contracts.topic.BlocksRecord;
import io.neuronledger.contracts.topic.ChainRecord;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.DifferenceKey;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.SettlementId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageLine;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.usage.UsageTotal;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.RefundId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of each event, as stored in its golden file. A new event gets a sample and a file; neither is ever edited. */
final class Samples {
  private static final AccountingPeriod OCTOBER = AccountingPeriod.parse("2026-10");
  private static final FrozenReport FROZEN = new FrozenReport(new ReportHash("0f".repeat(32)),
      Optional.of(new ReportHash("e1".repeat(32))), 21_000_000, new Hash("0x" + "b7".repeat(32)),
      Instant.parse("2026-11-01T00:00:03Z"), true, List.of(9_007_199_254_740_993L, 0L));

  static final WalletAddress OWNER = WalletAddress.parse("0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  static final WalletAddress PROVIDER = WalletAddress.parse("0x15d34aaf54267db7d7c367839aaf71a00a2c6a65");
  static final ServiceName SERVICE = ServiceName.of("inference-v1.0");
  private static final WalletAddress EMITTER = WalletAddress.parse("0x5fbdb2315678afecb367f032d93f642f64180aa3");
  private static final SubAccountId SUB_ACCOUNT = new SubAccountId(OWNER, PROVIDER, SERVICE);
  private static final Hash BLOCK = Hash.parse("0x" + "b1".repeat(32));
  private static final Hash TRANSACTION = Hash.parse("0x" + "7a".repeat(32));
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
  private static final ChainPosition POSITION = new ChainPosition(12, 3, 4);
  private static final Evidence LOG = new Evidence.Log(TRANSACTION, 7, EMITTER);
  private static final RefundId FIRST = new RefundId(new ChainPosition(9, 0, 0), 0, 0);
  private static final RefundId SECOND = new RefundId(POSITION, 1, 2);
  private static final Optional<SettlementNonce> NONCE =
      Optional.of(new SettlementNonce(new BigInteger("1754000000000000000001")));
  private static final Optional<Evidence.SettlementSignature> SIGNED =
      Optional.of(new Evidence.SettlementSignature(Hash.parse("0x" + "4e".repeat(32)), "0x" + "5c".repeat(65)));
  private static final String RUN = "2026-01-02T03:00:00Z-12";
  private static final SubAccountState STATE = new SubAccountState(PROVIDER, SERVICE, true, Neuron.parse("10"), true,
      List.of(new PendingRefund(FIRST, Neuron.parse("2"), Instant.parse("2026-01-01T00:00:00Z"), true),
          new PendingRefund(SECOND, Neuron.parse("3"), TIME, false)));
  private static final SubAccountBalances UNACKNOWLEDGED =
      new SubAccountBalances(true, Neuron.ZERO, false, List.of());
  private static final LedgerState COMPLETE =
      new LedgerState(true, Neuron.MAX.minus(Neuron.parse("10")), List.of(STATE));
  private static final ObservedLedger OBSERVED = new ObservedLedger(true, Neuron.ofZeroG("1.5"),
      List.of(new ObservedLedger.SubAccount(PROVIDER, SERVICE, Neuron.parse("10"), false,
          List.of(new ObservedLedger.Refund(Neuron.parse("2"), Instant.parse("2026-01-01T00:00:00Z"))))));
  private static final Deployment DEPLOYMENT = new Deployment(16602, "0g", List.of(EMITTER), 20_300_000, 1, 16);

  private static final ServicePrice PRICE = new ServicePrice("chatbot", "https://gpu.example/v1",
      Optional.of("deepseek-ai/DeepSeek-V3"), Neuron.parse("70"), Optional.of(Neuron.parse("210")),
      Optional.of("TeeML"), Optional.of("{\"cacheTokenBilling\":{\"divisor\":10}}"));

  static final UsageReport REPORT = new UsageReport(new RequestId("chatcmpl-7f3a"), OWNER, PROVIDER, SERVICE,
      new ModelName("deepseek-ai/DeepSeek-V3"),
      new Units.Tokens(1200, 200, 300, Neuron.parse("70"), Neuron.parse("7"), Neuron.parse("210")),
      Neuron.parse("134400"), Instant.parse("2026-01-01T00:10:00.123456Z"), UsageSource.DIRECT,
      Optional.of(new ApiKeyId("key-7")));

  private Samples() {}

  static List<ChainEvent> chainEvents() {
    return List.of(
        new ChainEvent.Deposit(OWNER, PROVIDER, Neuron.MAX),
        new ChainEvent.Transfer(OWNER, PROVIDER, SERVICE, true, Neuron.parse("5"), Neuron.parse("2")),
        new ChainEvent.RefundRequested(OWNER, PROVIDER, SERVICE, Neuron.parse("3")),
        new ChainEvent.Settled(OWNER, PROVIDER, SERVICE, Neuron.parse("8"), Neuron.parse("7"), NONCE, SIGNED),
        new ChainEvent.SettlementRejected(OWNER, PROVIDER, SERVICE, Neuron.parse("8"),
            Rejection.of(RejectionReason.NO_SIGNER), NONCE, SIGNED),
        new ChainEvent.Withdraw(OWNER, Neuron.parse("1")),
        new ChainEvent.SubAccountClosed(OWNER, PROVIDER, SERVICE),
        new ChainEvent.LedgerClosed(OWNER),
        new ChainEvent.ProviderAcknowledged(OWNER, PROVIDER, SERVICE, false),
        new ChainEvent.Opening(OWNER, OBSERVED),
        new ChainEvent.StateObserved(OWNER, OBSERVED, RUN),
        new ChainEvent.ReconciliationEnded(RUN, 1_000, Neuron.MAX, Neuron.parse("17")),
        new ChainEvent.DeploymentDeclared(DEPLOYMENT),
        new ChainEvent.BlockSealed(-1),
        new ChainEvent.BranchRetracted(11, 3),
        new ChainEvent.ServiceRegistered(SERVICE, Duration.ofDays(1)),
        new ChainEvent.LockPeriodSet(SERVICE, Duration.ofSeconds(3_601)),
        new ChainEvent.PriceSet(PROVIDER, SERVICE, Optional.of(PRICE)));
  }

  static List<AccountEvent> accountEvents() {
    return List.of(
        new LedgerEvent.FundsDeposited(OWNER, PROVIDER, Neuron.parse("4"), true, ledgerOnly(),
            Optional.empty(), cause(LOG)),
        new LedgerEvent.FundsTransferred(OWNER, PROVIDER, SERVICE, Neuron.parse("5"), Neuron.parse("2"), true,
            reduced(SECOND, "2", RefundReduction.By.TRANSFER, "0"), both(),
            otherwise(Posting.moved(Posting.OUTSIDE, Posting.subAccount(SUB_ACCOUNT), Neuron.parse("5"))),
            cause(new Evidence.Transaction(TRANSACTION))),
        new LedgerEvent.RefundRequested(OWNER, PROVIDER, SERVICE, SECOND, Neuron.parse("3"), TIME, both(),
            Optional.empty(), cause(new Evidence.Trace(TRANSACTION))),
        new LedgerEvent.RefundClaimable(OWNER, PROVIDER, SERVICE, FIRST, Neuron.parse("2"), TIME, Duration.ofDays(1),
            both(), Optional.empty(), new Cause(ChainPosition.endOf(12, 0), 1, BLOCK, TIME, Optional.empty())),
        new LedgerEvent.RefundRelocked(OWNER, PROVIDER, SERVICE, FIRST, Neuron.parse("2"), TIME, Duration.ofDays(7),
            both(), Optional.empty(), new Cause(ChainPosition.endOf(12, 0), 1, BLOCK, TIME, Optional.empty())),
        new LedgerEvent.RefundsCompleted(OWNER, PROVIDER, SERVICE, Neuron.parse("2"),
            reduced(FIRST, "2", RefundReduction.By.COMPLETION, "0"), both(), Optional.empty(),
            cause(LOG)),
        new LedgerEvent.FeesSettled(OWNER, PROVIDER, SERVICE, Optional.of(Neuron.parse("9")), Neuron.parse("7"), NONCE,
            SIGNED, reduced(SECOND, "1", RefundReduction.By.SETTLEMENT, "3"), both(), Optional.empty(),
            cause(new Evidence.Unverified(LOG, PROVIDER))),
        new LedgerEvent.SettlementRejected(OWNER, PROVIDER, SERVICE, Neuron.parse("9"),
            Rejection.of(RejectionReason.INVALID_NONCE), Optional.empty(), Optional.empty(), ledgerOnly(),
            Optional.empty(), cause(LOG)),
        new LedgerEvent.FundsWithdrawn(OWNER, Neuron.parse("3"), true,
            new Balances(false, Neuron.ZERO, Neuron.ZERO, Optional.empty()),
            Optional.empty(),
            cause(new Evidence.Snapshot(10, 12))),
        new LedgerEvent.SubAccountClosed(OWNER, PROVIDER, SERVICE, new Balances(true, Neuron.parse("1"), Neuron.ZERO,
            Optional.of(SubAccountBalances.CLOSED)), Optional.empty(), cause(LOG)),
        new LedgerEvent.LedgerClosed(OWNER, new Balances(false, Neuron.ZERO, Neuron.ZERO, Optional.empty()),
            Optional.empty(), cause(LOG)),
        new LedgerEvent.ProviderAcknowledged(OWNER, PROVIDER, SERVICE, false,
            new Balances(true, Neuron.ZERO, Neuron.ZERO, Optional.of(UNACKNOWLEDGED)), Optional.empty(), cause(LOG)),
        new LedgerEvent.LedgerOpenedFromSnapshot(OWNER, COMPLETE, Optional.empty(),
            cause(new Evidence.Snapshot(11, 11))),
        new LedgerEvent.LedgerRestated(OWNER, RUN, COMPLETE,
            otherwise(Posting.moved(Posting.OUTSIDE, Posting.subAccount(SUB_ACCOUNT), Neuron.parse("1"))),
            cause(new Evidence.Snapshot(12, 12))),
        new LedgerEvent.LedgerRewound(OWNER, 11, new LedgerState(false, Neuron.ZERO, List.of()),
            Optional.of(StoredPosting.of(Posting.moved(Posting.provider(PROVIDER), Posting.OUTSIDE, Neuron.MAX), OWNER,
                List.of())),
            new Cause(ChainPosition.endOf(10, 0), 2, BLOCK, TIME, Optional.empty())),
        new LedgerEvent.DiscrepancyFound(OWNER, breach(), Rule.BALANCE_COVERS_MOVEMENT, Optional.of(SUB_ACCOUNT),
            "at most 10", "11", cause(LOG)),
        new LedgerEvent.DiscrepancyResolved(OWNER, breach(), "seen: \"agreed\" with the provider, 1 € off", "finance",
            Instant.parse("2026-02-01T09:30:00.123Z")),
        new LedgerEvent.DiscrepancyResolutionRevoked(OWNER, breach(), "it was another settlement", "ben",
            Instant.parse("2026-02-01T09:30:00.123Z")),
        usageRecorded(),
        usageReversed(),
        new UsageEvent.DifferenceResolutionProposed(OWNER, difference(), NeuronSum.parse("19"),
            "agreed with the provider: a fee was rounded", "ann", Instant.parse("2026-02-01T09:30:00.123Z")),
        new UsageEvent.DifferenceResolutionRevoked(OWNER, difference(), "the wrong settlement", "ben",
            Instant.parse("2026-02-01T09:30:00.123Z")),
        new UsageEvent.DifferenceResolved(OWNER, difference(), NeuronSum.parse("19"),
            "agreed with the provider: a fee was rounded", "finance", Instant.parse("2026-02-01T09:30:00.123Z")),
        new PartitionEvent.DeploymentDeclared(DEPLOYMENT),
        new PartitionEvent.BlockSealed(12, BLOCK, TIME, 1, -1, 7),
        new PartitionEvent.BranchRetracted(11, 3),
        new PartitionEvent.ServiceTermsSet(SERVICE, Duration.ofSeconds(3_601), POSITION, TIME, 1),
        new PartitionEvent.PriceSet(PROVIDER, SERVICE, Optional.of(PRICE), POSITION, TIME, 1),
        new PartitionEvent.OwnerQuarantined(OWNER, POSITION, "seq 7 at offset 9: not JSON"),
        new PartitionEvent.OwnerReleased(OWNER),
        new PartitionEvent.ReconciliationEnded(RUN, 12, BLOCK, TIME, 1, 1_000, Neuron.MAX, Neuron.parse("17")),
        new AccountEvent.PeriodClosingProposed(OCTOBER, FROZEN, "ann", Instant.parse("2026-11-02T09:30:00.123Z")),
        new AccountEvent.PeriodClosed(OCTOBER, FROZEN, "ann", "ben", Instant.parse("2026-11-02T10:30:00Z")),
        new AccountEvent.PeriodReopeningProposed(OCTOBER, FROZEN.hash(), "a provider's invoice is missing", "ben",
            Instant.parse("2026-11-03T09:30:00Z")),
        new AccountEvent.PeriodReopened(OCTOBER, FROZEN.hash(), "a provider's invoice is missing", "ben", "ann",
            Instant.parse("2026-11-03T10:30:00Z")),
        new AccountEvent.PeriodProposalRevoked(OCTOBER, "the wrong report", "ann",
            Instant.parse("2026-11-02T09:31:00Z")));
  }

  private static DifferenceKey difference() {
    return new DifferenceKey(DifferenceKey.Kind.BOUNDARY, Optional.of(new SettlementId(POSITION, 1)), SUB_ACCOUNT);
  }

  /** All of what was asked was paid, of a sub-account without refunds. */
  static LedgerEvent.FeesSettled usualSettlement() {
    Neuron paid = Neuron.parse("1000000000000");
    Neuron left = Neuron.parse("2000000000000000");
    return new LedgerEvent.FeesSettled(OWNER, PROVIDER, SERVICE, Optional.of(paid), paid,
        Optional.of(new SettlementNonce(BigInteger.TEN)), Optional.empty(), Optional.empty(),
        new Balances(true, left, left, Optional.of(new SubAccountBalances(true, left, true, List.of()))),
        Optional.empty(), new Cause(new ChainPosition(20_300_000, 3, 4), 0, BLOCK, TIME, Optional.of(LOG)));
  }

  static BlocksRecord blocksRecord() {
    return new BlocksRecord(16602, 3, 1, Optional.of(12L), new Hash("0x" + "a1".repeat(32)), 8,
        List.of(new BlocksRecord.Block(12, BLOCK, TIME, Map.of(3, 9007199254740993L)),
            new BlocksRecord.Block(13, new Hash("0x" + "c1".repeat(32)), TIME.plusSeconds(1), Map.of())),
        Optional.of(DEPLOYMENT));
  }

  static ChainRecord chainRecord() {
    return new ChainRecord(16602, 13, 9_007_199_254_740_993L, 1, POSITION, BLOCK, TIME, chainEvents().getFirst(),
        Optional.of(LOG));
  }

  static AccountRecord accountRecord() {
    return new AccountRecord(16602, 13, 9_007_199_254_740_993L, "ledger:" + OWNER, 3,
        Instant.parse("2026-01-02T03:04:06.789Z"), accountEvents().getFirst());
  }

  private static UsageEvent.UsageRecorded usageRecorded() {
    UsageLine image = new UsageLine(new RequestId("img-1"), new ModelName("flux"),
        new Units.Images(2, Neuron.ofZeroG("0.02")), Neuron.ofZeroG("0.04"), Instant.parse("2026-01-01T00:10:01Z"),
        UsageSource.ROUTER, Optional.empty(), Optional.empty());
    UsageLine audio = new UsageLine(new RequestId("audio-1"), new ModelName("whisper"),
        new Units.Seconds(90, Neuron.parse("11")), Neuron.parse("990"), Instant.parse("2026-01-01T00:10:02Z"),
        UsageSource.DIRECT, Optional.empty(), Optional.of(new RequestId("audio-0")));
    UsageLine video = new UsageLine(new RequestId("video-1"), new ModelName("wan"), new Units.Priced(List.of(
        new Units.PricedLine(Units.UnitKind.CACHE_WRITE_1H_TOKENS, Optional.empty(), 100, Neuron.parse("13")),
        new Units.PricedLine(Units.UnitKind.CLIPS, Optional.of("1080p"), 2, Neuron.parse("500")))),
        Neuron.parse("2300"), Instant.parse("2026-01-01T00:10:03Z"), UsageSource.DIRECT, Optional.empty(),
        Optional.empty());
    UsageLine charge = new UsageLine(new RequestId("charge-1"), new ModelName("deepseek-ai/DeepSeek-V3"),
        new Units.Unpriced(List.of(new Units.UnpricedLine(Units.UnitKind.OUTPUT_TOKENS, Optional.empty(), 300))),
        Neuron.parse("63001"), Instant.parse("2026-01-01T00:10:04Z"), UsageSource.ROUTER, Optional.empty(),
        Optional.empty());
    return new UsageEvent.UsageRecorded(OWNER, PROVIDER, SERVICE, List.of(REPORT.line(), image, audio, video, charge),
        new UsageTotal(17, NeuronSum.of(Neuron.MAX).plus(Neuron.MAX)),
        new UsageTotal(1, NeuronSum.of(Neuron.ofZeroG("0.04"))));
  }

  private static UsageEvent.UsageReversed usageReversed() {
    return new UsageEvent.UsageReversed(OWNER, PROVIDER, SERVICE, REPORT.line(), Optional.of(new RequestId("chat-8")),
        "the prices were those of another model", "finance", Instant.parse("2026-02-01T09:30:00.123Z"),
        new UsageTotal(16, NeuronSum.of(Neuron.MAX)), UsageTotal.ZERO);
  }

  private static String breach() {
    return "balance-covers-movement:12-3-4-1:" + SUB_ACCOUNT;
  }

  private static Balances ledgerOnly() {
    return new Balances(true, Neuron.MAX, Neuron.ZERO, Optional.empty());
  }

  private static Balances both() {
    return new Balances(true, Neuron.parse("1"), Neuron.parse("10"), Optional.of(STATE.balances()));
  }

  private static Optional<List<RefundReduction>> reduced(RefundId refund, String amount, RefundReduction.By by,
      String remaining) {
    return Optional.of(List.of(new RefundReduction(refund, Neuron.parse(amount), by, Neuron.parse(remaining))));
  }

  private static Optional<List<StoredPosting>> otherwise(List<Posting> postings) {
    return Optional.of(StoredPosting.of(postings, OWNER, List.of(SUB_ACCOUNT)));
  }

  private static Cause cause(Evidence evidence) {
    return new Cause(POSITION, 1, BLOCK, TIME, Optional.of(evidence));
  }
}
