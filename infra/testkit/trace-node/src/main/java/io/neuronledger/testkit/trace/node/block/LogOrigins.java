package io.neuronledger.testkit.trace.node.block;

import static io.neuronledger.foundation.evm.Signature.selector;
import static io.neuronledger.foundation.evm.Signature.topic;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.testkit.trace.Trace;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assigns a transaction's logs to its calls. A transfer always logs one balance that is not lower than before; a
 * retrieval logs, for each provider, a lower balance if it paid, and a request if a refund is pending; a call that
 * closes a ledger logs each sub-account; a settlement logs its results, or its fees and the balances after them. The
 * last call receives the remaining logs.
 */
final class LogOrigins {
  private static final int SELECTOR = 10;
  private static final int WORD = 64;
  private static final String TRANSFER_FUND = selector("transferFund(address,string,uint256)");
  private static final String RETRIEVE_FUND = selector("retrieveFund(address[],string)");
  private static final String REFUND = selector("refund(uint256)");
  private static final String DELETE_LEDGER = selector("deleteLedger()");
  private static final String SETTLE =
      selector("settleFeesWithTEE((address,address,uint256,bytes32,uint256,bytes)[])");
  private static final String SETTLE_FEES =
      selector("settleFees((string,bytes,bytes,uint256,bytes,uint256,address))");
  private static final String UPDATE_LOCK_TIME = selector("updateLockTime(uint256)");
  private static final String LOCK_TIME_UPDATED = topic("LockTimeUpdated(uint256,uint256)");
  private static final String FEES_SETTLED = topic("FeesSettled(address,address,string,uint256,bool,uint256)");
  private static final int FEES_LOGS = 3;
  private static final String BALANCE_UPDATED = topic("BalanceUpdated(address,address,uint256,uint256)");
  private static final String REFUND_REQUESTED = topic("RefundRequested(address,address,uint256,uint256)");
  private static final String ACCOUNT_DELETED = topic("AccountDeleted(address,address,uint256)");
  private static final String TEE_RESULT = topic("TEESettlementResult(address,uint8,uint256)");

  private final Trace trace;
  private final Trace.Transaction transaction;
  private final Map<String, BigInteger> balances;
  private int next;

  /** @param balances the balances before the transaction, by {@link #key} */
  LogOrigins(Trace trace, Trace.Transaction transaction, Map<String, BigInteger> balances) {
    this.trace = trace;
    this.transaction = transaction;
    this.balances = new HashMap<>(balances);
  }

  static String key(WalletAddress service, WalletAddress user, WalletAddress provider) {
    return service + "/" + user + "/" + provider;
  }

  /** @param logs by identity of the call: the same call may be made twice */
  void assign(IdentityHashMap<Trace.Call, List<Trace.Log>> logs) {
    assign(transaction.calls(), logs);
    if (next < transaction.logs().size() && !transaction.calls().isEmpty()) {
      logs.computeIfAbsent(transaction.calls().getLast(), _ -> new ArrayList<>())
          .addAll(transaction.logs().subList(next, transaction.logs().size()));
    }
  }

  private void assign(List<Trace.Call> calls, IdentityHashMap<Trace.Call, List<Trace.Log>> logs) {
    for (Trace.Call call : calls) {
      if (!call.failed()) {
        assign(call.inside(), logs);
        logs.put(call, of(call));
      }
    }
  }

  private List<Trace.Log> of(Trace.Call call) {
    List<Trace.Log> found = new ArrayList<>();
    String selector = call.input().substring(0, Math.min(SELECTOR, call.input().length()));
    if (selector.equals(TRANSFER_FUND)) {
      addTransferLogs(call, found);
    } else if (selector.equals(RETRIEVE_FUND)) {
      addRetrievalLogs(call, found);
    } else if (selector.equals(REFUND) || selector.equals(DELETE_LEDGER)) {
      while (is(ACCOUNT_DELETED, call.from())) {
        found.add(take());
      }
    } else if (selector.equals(SETTLE)) {
      int items = word(call, 1).intValueExact();
      while (items > 0 && next < transaction.logs().size()) {
        items -= is(TEE_RESULT, transaction.logs().get(next)) ? 1 : 0;
        found.add(take());
      }
    } else if (selector.equals(SETTLE_FEES)) {
      addLogs(FEES_LOGS, FEES_SETTLED, found);
    } else if (selector.equals(UPDATE_LOCK_TIME)) {
      addLogs(1, LOCK_TIME_UPDATED, found);
    }
    return found;
  }

  /** Adds {@code count} logs from the next one with {@code firstTopic} on, and the logs before it. */
  private void addLogs(int count, String firstTopic, List<Trace.Log> found) {
    int first = next;
    while (first < transaction.logs().size() && !is(firstTopic, transaction.logs().get(first))) {
      first++;
    }
    while (next < Math.min(first + count, transaction.logs().size())) {
      found.add(take());
    }
  }

  private void addTransferLogs(Trace.Call call, List<Trace.Log> found) {
    int logsLeft = transaction.logs().size() - next;
    for (int i = 0; i < logsLeft; i++) {
      boolean balance = is(BALANCE_UPDATED, call.from());
      Optional<BigInteger> before = balance ? Optional.of(before(transaction.logs().get(next))) : Optional.empty();
      Trace.Log log = take();
      found.add(log);
      if (before.isPresent() && amount(log).compareTo(before.get()) >= 0) {
        return;
      }
    }
  }

  private void addRetrievalLogs(Trace.Call call, List<Trace.Log> found) {
    int list = word(call, 0).intValueExact() / 32;
    int count = word(call, list).intValueExact();
    for (int i = 0; i < count; i++) {
      String provider = "%040x".formatted(word(call, list + 1 + i));
      if (is(BALANCE_UPDATED, call.from()) && isAbout(call, provider)
          && amount(transaction.logs().get(next)).compareTo(before(transaction.logs().get(next))) < 0) {
        found.add(take());
      }
      if (is(REFUND_REQUESTED, call.from()) && isAbout(call, provider)) {
        found.add(take());
      }
    }
  }

  /** Whether the next log is about this provider and the service that the call names. */
  private boolean isAbout(Trace.Call call, String provider) {
    Trace.Log log = transaction.logs().get(next);
    ServiceName service = trace.services().get(log.emitter());
    return service != null && log.topics().get(2).endsWith(provider)
        && call.input().contains(HexFormat.of().formatHex(service.value().getBytes(StandardCharsets.UTF_8)));
  }

  private boolean is(String topic, WalletAddress user) {
    return next < transaction.logs().size() && is(topic, transaction.logs().get(next))
        && transaction.logs().get(next).topics().get(1).endsWith(user.value().substring(2));
  }

  /** Other emitters may log any number of topics, also none. */
  private static boolean is(String topic, Trace.Log log) {
    int topics = topic.equals(LOCK_TIME_UPDATED) ? 1 : topic.equals(BALANCE_UPDATED) ? 3 : 2;
    return log.topics().size() >= topics && log.topics().getFirst().equals(topic);
  }

  private Trace.Log take() {
    Trace.Log log = transaction.logs().get(next++);
    if (is(BALANCE_UPDATED, log)) {
      balances.put(key(log), amount(log));
    }
    return log;
  }

  private BigInteger before(Trace.Log log) {
    return balances.getOrDefault(key(log), BigInteger.ZERO);
  }

  private static String key(Trace.Log log) {
    return log.emitter() + "/0x" + log.topics().get(1).substring(26) + "/0x" + log.topics().get(2).substring(26);
  }

  private static BigInteger amount(Trace.Log log) {
    return AbiReader.ofData(log.data()).uint();
  }

  private static BigInteger word(Trace.Call call, int index) {
    int from = SELECTOR + WORD * index;
    return new BigInteger(call.input().substring(from, from + WORD), 16);
  }
}
