package io.neuronledger.cli.trace;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.testkit.trace.Trace;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The expected answers of the ledger after a transaction: the contracts' state, in the ledger's terms. */
final class ExpectedAnswers {
  private static final int WORD_DIGITS = 64;
  private static final int HEX_PREFIX = 2;
  private static final int HEX = 16;
  private static final String LOCK_TIME_UPDATED =
      Signature.topic("LockTimeUpdated(uint256,uint256)");

  private final Trace trace;
  private final Map<WalletAddress, Duration> lockPeriods = new HashMap<>();

  ExpectedAnswers(Trace trace) {
    this.trace = trace;
    trace.services().keySet().forEach(service -> lockPeriods.put(service, trace.initialLockPeriod()));
  }

  /** Applies a transaction's changes of lock periods. They hold from its block on, also for pending refunds. */
  void apply(Trace.Transaction transaction) {
    for (Trace.Log log : transaction.logs()) {
      if (log.topics().equals(List.of(LOCK_TIME_UPDATED)) && lockPeriods.containsKey(log.emitter())) {
        String seconds = log.data().substring(HEX_PREFIX + WORD_DIGITS);
        lockPeriods.put(log.emitter(), Duration.ofSeconds(new BigInteger(seconds, HEX).longValueExact()));
      }
    }
  }

  /** @param transaction a transaction that has been applied */
  OwnerAnswer of(WalletAddress owner, Trace.Transaction transaction) {
    Optional<Trace.LedgerState> ledger =
        Objects.requireNonNullElse(transaction.expected().ledgers().get(owner), Optional.empty());
    if (ledger.isEmpty()) {
      return OwnerAnswer.closed(owner);
    }
    List<SubAccountAnswer> accounts = transaction.expected().accounts().stream()
        .filter(account -> account.user().equals(owner)).map(account -> account(account, transaction.time())).toList();
    return new OwnerAnswer(owner, true, ledger.get().available(),
        ledger.get().total().minus(ledger.get().available()), ledger.get().total(), accounts);
  }

  private SubAccountAnswer account(Trace.AccountState account, Instant now) {
    Duration lock = Objects.requireNonNull(lockPeriods.get(account.service()));
    List<RefundAnswer> refunds = account.refunds().stream()
        .map(refund -> RefundAnswer.at(now, refund.amount(), refund.createdAt(), lock)).toList();
    return new SubAccountAnswer(account.provider(), Objects.requireNonNull(trace.services().get(account.service())),
        account.balance(), account.pendingRefund(), account.acknowledged(), refunds);
  }
}
