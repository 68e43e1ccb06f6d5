package io.neuronledger.indexer.decode.accountledger;

import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.PinnedLists;
import io.neuronledger.indexer.decode.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The views of {@code AccountLedger} at one block. Answers that do not match its ABI are an {@link
 * IllegalArgumentException}.
 */
final class ContractViews {
  private static final String WORD = "%064x";
  private static final String LEDGERS = Signature.selector("ledgers(uint256,uint256)");
  private static final String SUB_ACCOUNTS = Signature.selector("subAccounts(uint256,uint256)");
  private static final String SERVICES = Signature.selector("services()");
  private static final int PAGE = 200;

  private final WalletAddress contract;
  private final PinnedCalls calls;

  ContractViews(WalletAddress contract, PinnedCalls calls) {
    this.contract = contract;
    this.calls = calls;
  }

  /** An owner's ledger without its sub-accounts. */
  private record LedgerAt(WalletAddress owner, boolean open, Neuron available, Neuron total) {}

  /** A sub-account with its owner. */
  private record SubAccountAt(WalletAddress owner, ObservedLedger.SubAccount subAccount) {}

  /** Reads a view that only this contract is likely to have. */
  void recognise() {
    calls.view(contract, SERVICES, ContractViews::services);
  }

  /** The whole state; empty before the contract exists. */
  Observation everything() {
    Neuron held = calls.balance(contract);
    if (!calls.hasCode(contract)) {
      return new Observation(Collections.emptySortedMap(), Collections.emptySortedMap(), held, Neuron.ZERO);
    }
    List<LedgerAt> ledgers = calls.list(contract, PAGE, (offset, limit) -> page(LEDGERS, offset, limit),
        answer -> page(answer, ContractViews::ledger));
    Map<WalletAddress, List<ObservedLedger.SubAccount>> subAccounts = new HashMap<>();
    for (SubAccountAt each : calls.list(contract, PAGE, (offset, limit) -> page(SUB_ACCOUNTS, offset, limit),
        answer -> page(answer, ContractViews::subAccount))) {
      subAccounts.computeIfAbsent(each.owner(), _ -> new ArrayList<>()).add(each.subAccount());
    }
    SortedMap<WalletAddress, ObservedLedger> observed = new TreeMap<>();
    Neuron owed = Neuron.ZERO;
    for (LedgerAt each : ledgers) {
      observed.put(each.owner(), new ObservedLedger(each.open(), each.available(),
          Objects.requireNonNullElse(subAccounts.get(each.owner()), List.of())));
      owed = owed.plus(each.total());
    }
    SortedMap<ServiceName, Duration> lockPeriods = new TreeMap<>();
    calls.view(contract, SERVICES, ContractViews::services)
        .forEach(service -> lockPeriods.put(service.getKey(), service.getValue()));
    return new Observation(observed, lockPeriods, held, owed);
  }

  private static String page(String selector, int offset, int limit) {
    return selector + WORD.formatted(offset) + WORD.formatted(limit);
  }

  private static <T> PinnedLists.Page<T> page(String answer, Function<AbiReader, T> element) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(element), page.integer());
  }

  private static List<Map.Entry<ServiceName, Duration>> services(String answer) {
    return AbiReader.ofData(answer).list(list -> {
      AbiReader service = list.tuple();
      return Map.entry(ServiceName.of(service.string()), Duration.ofSeconds(service.seconds()));
    });
  }

  private static LedgerAt ledger(AbiReader ledger) {
    return new LedgerAt(ledger.address(), ledger.bool(), ledger.neuron(), ledger.neuron());
  }

  private static SubAccountAt subAccount(AbiReader list) {
    AbiReader account = list.tuple();
    WalletAddress owner = account.address();
    WalletAddress provider = account.address();
    ServiceName service = ServiceName.of(account.string());
    // Skipped: the open flag, true for all listed sub-accounts, and the nonce.
    Neuron balance = account.skip(1).neuron();
    Neuron pending = account.neuron();
    boolean acknowledged = account.bool();
    List<ObservedLedger.Refund> refunds =
        account.skip(1).list(refund -> new ObservedLedger.Refund(refund.neuron(), refund.time()));
    Neuron sum = refunds.stream().map(ObservedLedger.Refund::amount).reduce(Neuron.ZERO, Neuron::plus);
    if (!sum.equals(pending)) {
      throw new IllegalArgumentException(pending + " pending in refunds of " + sum);
    }
    return new SubAccountAt(owner, new ObservedLedger.SubAccount(provider, service, balance, acknowledged, refunds));
  }
}
