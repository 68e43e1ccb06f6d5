package io.neuronledger.query.totals;

import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.RefundReduction;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.projection.LedgerEventRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds up what the lines of a batch do to the sums over all accounts. An event says it by its postings and by the
 * refunds that it adds or reduces. One that names the refunds it leaves, and not those it ends, needs the pending
 * refunds before it.
 *
 * <p>A rewind does nothing: it repeats the state of the last block that stays, and the changes since are dropped.
 */
final class ServiceChanges {
  /** In place of a service: what the ledgers have available. */
  static final ServiceName AVAILABLE = new ServiceName("");

  private static final String LEDGER = "ledger:";
  private static final String SUB_ACCOUNT = "sub-account:";

  private final Map<Span, Change> changes = new LinkedHashMap<>();
  private final Map<WalletAddress, Map<SubAccountId, Neuron>> pending = new HashMap<>();

  /** A service in a block, in one span of its partition. */
  record Span(int partition, long markSeq, long block, ServiceName service) {}

  /** What the events of a span did. */
  static final class Change {
    private final Instant blockTime;
    private long lastSeq = -1;
    private long events;
    private BigInteger held = BigInteger.ZERO;
    private BigInteger pendingRefund = BigInteger.ZERO;
    private BigInteger settled = BigInteger.ZERO;
    private BigInteger writtenOff = BigInteger.ZERO;
    private long settlements;

    private Change(Instant blockTime) {
      this.blockTime = blockTime;
    }

    Instant blockTime() {
      return blockTime;
    }

    /** How many of the events changed it. */
    long events() {
      return events;
    }

    BigInteger held() {
      return held;
    }

    BigInteger pendingRefund() {
      return pendingRefund;
    }

    BigInteger settled() {
      return settled;
    }

    BigInteger writtenOff() {
      return writtenOff;
    }

    long settlements() {
      return settlements;
    }
  }

  /** @param pending the pending refunds before the batch, of the owners in {@link #needPending} */
  ServiceChanges(Map<SubAccountId, Neuron> pending, Set<WalletAddress> owners) {
    owners.forEach(owner -> this.pending.put(owner, new HashMap<>()));
    pending.forEach((id, amount) -> this.pending.getOrDefault(id.owner(), new HashMap<>()).put(id, amount));
  }

  /** The owners whose pending refunds before the batch must be known, each with its partition. */
  static Map<WalletAddress, Integer> needPending(Collection<LedgerEventRecord> lines) {
    return lines.stream().filter(line -> !line.dropped() && endsRefundsUnnamed(line.event()))
        .collect(Collectors.toMap(LedgerEventRecord::owner, LedgerEventRecord::partition, (one, _) -> one));
  }

  /** An account that is closed by the contract's rules is empty, and then it has no refunds and no postings. */
  private static boolean endsRefundsUnnamed(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.LedgerRestated _ -> true;
      case LedgerEvent.SubAccountClosed closed -> closed.otherPostings().isPresent();
      case LedgerEvent.LedgerClosed closed -> closed.otherPostings().isPresent();
      default -> false;
    };
  }

  void apply(LedgerEventRecord line) {
    if (line.dropped() || !(line.event() instanceof LedgerEvent.Posted posted)
        || posted instanceof LedgerEvent.LedgerRewound) {
      return;
    }
    for (Posting posting : posted.postings()) {
      if (posting.account().startsWith(LEDGER)) {
        addHeld(line, posted, AVAILABLE, posting);
      } else if (posting.account().startsWith(SUB_ACCOUNT)) {
        addHeld(line, posted, serviceOf(posted, posting), posting);
      }
    }
    if (posted instanceof LedgerEvent.FeesSettled fees) {
      Change change = change(line, posted, fees.service());
      change.settled = change.settled.add(fees.amount().value());
      change.writtenOff = change.writtenOff.add(fees.writtenOff().value());
      change.settlements++;
    }
    Map<SubAccountId, Neuron> known = pending.get(posted.owner());
    if (known == null) {
      refundsNamed(line, posted);
    } else {
      refundsLeft(line, posted, known);
    }
  }

  private Change change(LedgerEventRecord line, LedgerEvent.Posted posted, ServiceName service) {
    Change change = changes.computeIfAbsent(
        new Span(line.partition(), line.markSeq(), line.block().orElseThrow(), service),
        _ -> new Change(posted.cause().blockTime()));
    if (change.lastSeq != line.seq()) {
      change.lastSeq = line.seq();
      change.events++;
    }
    return change;
  }

  private void addHeld(LedgerEventRecord line, LedgerEvent.Posted posted, ServiceName service, Posting posting) {
    Change change = change(line, posted, service);
    change.held = change.held.add(posting.amount().value());
  }

  private static ServiceName serviceOf(LedgerEvent.Posted posted, Posting posting) {
    return posted instanceof LedgerEvent.OfSubAccount of
        ? of.service()
        : SubAccountId.parse(posting.account()).service();
  }

  private void refundsNamed(LedgerEventRecord line, LedgerEvent.Posted posted) {
    switch (posted) {
      case LedgerEvent.RefundRequested requested -> requested.subAccountState().stream()
          .flatMap(state -> state.refunds().stream()).filter(each -> each.id().equals(requested.refund()))
          .forEach(added -> addPending(line, posted, requested.service(), added.amount().value()));
      case LedgerEvent.FundsTransferred transferred ->
          reduced(line, posted, transferred.service(), transferred.reduced());
      case LedgerEvent.RefundsCompleted completed -> reduced(line, posted, completed.service(), completed.reduced());
      case LedgerEvent.FeesSettled settled -> reduced(line, posted, settled.service(), settled.reduced());
      case LedgerEvent.LedgerOpenedFromSnapshot opened -> opened.state().subAccounts().forEach(account ->
          addPending(line, posted, account.service(), account.pendingRefund().value()));
      default -> { }
    }
  }

  private void reduced(LedgerEventRecord line, LedgerEvent.Posted posted, ServiceName service,
      Optional<List<RefundReduction>> reductions) {
    reductions.orElse(List.of())
        .forEach(each -> addPending(line, posted, service, each.amount().value().negate()));
  }

  /** @param known the owner's pending refunds before the line; afterwards those after it */
  private void refundsLeft(LedgerEventRecord line, LedgerEvent.Posted posted, Map<SubAccountId, Neuron> known) {
    Map<SubAccountId, Neuron> left = new HashMap<>(known);
    switch (posted) {
      case LedgerEvent.Assigned assigned -> {
        left.clear();
        assigned.state().subAccounts().forEach(account ->
            left.put(new SubAccountId(posted.owner(), account.provider(), account.service()), account.pendingRefund()));
      }
      case LedgerEvent.Booked booked -> {
        booked.subAccountState().ifPresent(state -> left.put(booked.subAccounts().getFirst(), state.pendingRefund()));
        if (!booked.after().open()) {
          left.clear();
        }
      }
    }
    Set<SubAccountId> ids = new LinkedHashSet<>(known.keySet());
    ids.addAll(left.keySet());
    ids.forEach(id -> addPending(line, posted, id.service(),
        amount(left, id).value().subtract(amount(known, id).value())));
    known.clear();
    known.putAll(left);
  }

  private static Neuron amount(Map<SubAccountId, Neuron> refunds, SubAccountId id) {
    return refunds.getOrDefault(id, Neuron.ZERO);
  }

  private void addPending(LedgerEventRecord line, LedgerEvent.Posted posted, ServiceName service, BigInteger amount) {
    if (amount.signum() != 0) {
      Change change = change(line, posted, service);
      change.pendingRefund = change.pendingRefund.add(amount);
    }
  }

  Map<Span, Change> changes() {
    return changes;
  }
}
