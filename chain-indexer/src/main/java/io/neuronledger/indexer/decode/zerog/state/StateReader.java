package io.neuronledger.indexer.decode.zerog.state;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.indexer.chain.ChainNode;
import io.neuronledger.indexer.chain.PinnedCalls;
import io.neuronledger.indexer.chain.PinnedLists;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.zerog.code.Code;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.state.ContractState.AccountView;
import io.neuronledger.indexer.decode.zerog.state.ContractState.LedgerView;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the contracts' state at one block from one node. Throws {@link io.neuronledger.indexer.rpc.call.RpcFailure} if
 * the node does not answer or no longer holds that block's state.
 */
public final class StateReader {
  /** The views' limit for accounts. Ledgers have no limit, but answers should stay small. */
  private static final int PAGE = 50;

  private final WalletAddress manager;
  private final PinnedCalls calls;

  /** @param manager LedgerManager */
  public StateReader(WalletAddress manager, ChainNode node, BlockRef block) {
    this.manager = manager;
    this.calls = new PinnedCalls(node, block);
  }

  /** Reads a view that only LedgerManager is likely to have. */
  public void recognise() {
    calls.view(manager, Views.ledgers(0, 1), Views::ledgers);
  }

  /** The whole state. */
  public ContractState all() {
    Neuron balance = calls.balance(manager);
    if (!calls.hasCode(manager)) {
      return ContractState.nothing(balance);
    }
    SortedMap<WalletAddress, ServiceInfo> services = new TreeMap<>();
    for (Views.Service service : calls.view(manager, Views.SERVICES, Views::services)) {
      services.put(service.contract(), service(service.contract(), service.name()));
    }
    List<AccountView> accounts = new ArrayList<>();
    services.forEach((contract, service) -> accounts.addAll(accounts(contract, service)));
    SortedMap<WalletAddress, LedgerView> ledgers = ledgers();
    Neuron available = ledgers.values().stream().map(LedgerView::available).reduce(Neuron.ZERO, Neuron::plus);
    if (balance.compareTo(available) > 0) {
      confirm(balance);
    }
    return new ContractState(balance, calls.beacon(manager), services, ledgers, accounts);
  }

  /**
   * Reads LedgerManager's native balance again before a surplus is accepted: a node may answer for the newest block
   * with the balance of the pending block.
   *
   * @throws RpcFailure if the balance differs now
   */
  public void confirm(Neuron balance) {
    Neuron again = balance();
    if (!again.equals(balance)) {
      throw calls.inconsistent("reports that LedgerManager holds " + balance + ", and " + again
          + " when asked again,");
    }
  }

  /**
   * The state that can change without a log. Takes at most two requests where it is small.
   *
   * @param services the serving contracts
   */
  public Silent silent(Map<WalletAddress, ServiceInfo> services) {
    PinnedLists lists = calls.lists();
    PinnedLists.Entries<Map.Entry<WalletAddress, LedgerView>> ledgers =
        lists.add(manager, PAGE, Views::ledgers, Views::ledgers);
    List<PinnedLists.Entries<Map.Entry<AccountKey, Boolean>>> acknowledgements = new ArrayList<>();
    services.forEach((contract, service) -> acknowledgements.add(lists.add(contract, PAGE, Views::accounts,
        answer -> Views.acknowledgements(contract, service.isFineTuning(), answer))));
    lists.read();
    Map<AccountKey, Boolean> acknowledged = new HashMap<>();
    acknowledgements.forEach(of -> of.all().forEach(each -> acknowledged.put(each.getKey(), each.getValue())));
    return new Silent(sorted(ledgers.all()), acknowledged);
  }

  /**
   * @param ledgers every ledger; none before LedgerManager exists
   * @param acknowledgements whether the user of each sub-account acknowledges its provider
   */
  public record Silent(SortedMap<WalletAddress, LedgerView> ledgers, Map<AccountKey, Boolean> acknowledgements) {
    public Silent {
      ledgers = Collections.unmodifiableSortedMap(new TreeMap<>(ledgers));
      acknowledgements = Map.copyOf(acknowledgements);
    }
  }

  private SortedMap<WalletAddress, LedgerView> ledgers() {
    return sorted(calls.list(manager, PAGE, Views::ledgers, Views::ledgers));
  }

  private static SortedMap<WalletAddress, LedgerView> sorted(List<Map.Entry<WalletAddress, LedgerView>> ledgers) {
    SortedMap<WalletAddress, LedgerView> sorted = new TreeMap<>();
    ledgers.forEach(ledger -> sorted.put(ledger.getKey(), ledger.getValue()));
    return sorted;
  }

  /** LedgerManager's native balance, in neuron. */
  public Neuron balance() {
    return calls.balance(manager);
  }

  /** The smallest amounts that LedgerManager accepts. */
  public Minima minima() {
    return new Minima(calls.view(manager, Views.MIN_ACCOUNT_BALANCE, answer -> AbiReader.ofData(answer).neuron()),
        calls.view(manager, Views.MIN_TRANSFER_AMOUNT, answer -> AbiReader.ofData(answer).neuron()));
  }

  /** A serving contract, as it is at the block. */
  public ServiceInfo service(WalletAddress contract, String name) {
    Duration lockPeriod = lockPeriod(contract, name);
    try {
      return new ServiceInfo(ServiceName.of(name), lockPeriod, calls.beacon(contract));
    } catch (IllegalArgumentException e) {
      throw new CannotDecode("The service " + contract + " has a name that cannot be stored: " + e.getMessage());
    }
  }

  /**
   * Reads the lock period. Any contract can be registered: where the node holds the state but does not answer, the
   * contract does not have the view.
   */
  private Duration lockPeriod(WalletAddress contract, String name) {
    try {
      return lockPeriod(contract);
    } catch (RpcFailure failure) {
      if (!isAboutTheAnswer(failure) || !calls.hasCode(manager)) {
        throw failure;
      }
    }
    try {
      return lockPeriod(contract);
    } catch (RpcFailure failure) {
      if (!isAboutTheAnswer(failure)) {
        throw failure;
      }
      throw CannotDecode.withThisNode("The service " + name + " (" + contract + ") that is registered with "
          + "LedgerManager does not answer lockTime() (" + failure.getMessage() + "): it is not a serving contract "
          + "that this version knows. Following stops before this block.");
    }
  }

  private Duration lockPeriod(WalletAddress contract) {
    return calls.view(contract, Views.LOCK_TIME, answer -> Duration.ofSeconds(AbiReader.ofData(answer).seconds()));
  }

  private static boolean isAboutTheAnswer(RpcFailure failure) {
    return failure.kind() == RpcFailure.Kind.ERROR || failure.kind() == RpcFailure.Kind.INCONSISTENT;
  }

  /** The beacon that names LedgerManager's code; empty where it has none. */
  public Optional<WalletAddress> managerBeacon() {
    return calls.beacon(manager);
  }

  /** The code of an address. */
  public Code code(WalletAddress address) {
    return Code.of(address, calls.code(address));
  }

  /** The code that LedgerManager runs; empty before it exists. */
  public List<CodeInUse> managerCode() {
    return calls.hasCode(manager) ? codeOf(manager, "LedgerManager", managerBeacon()) : List.of();
  }

  /** The code that the registered services run. */
  public List<CodeInUse> serviceCode() {
    List<CodeInUse> used = new ArrayList<>();
    for (Views.Service service : calls.view(manager, Views.SERVICES, Views::services)) {
      used.addAll(serviceCode(service.contract(), service.name()));
    }
    return used;
  }

  /** The code that one service runs. */
  public List<CodeInUse> serviceCode(WalletAddress contract, String name) {
    return codeOf(contract, "service " + name, calls.beacon(contract));
  }

  /**
   * A contract with a beacon runs the code that the beacon names. Any other contract runs its own code and, if it is a
   * proxy, also the implementation it names. An EIP-1167 proxy names its implementation in its own code, so the hash
   * covers it.
   */
  private List<CodeInUse> codeOf(WalletAddress contract, String role, Optional<WalletAddress> beacon) {
    String of = role + " (" + contract + ")";
    List<CodeInUse> used = new ArrayList<>();
    used.add(beacon.map(named -> new CodeInUse(code(implementation(named)), of + ", by its beacon " + named))
        .orElseGet(() -> new CodeInUse(code(contract), of + ", its own code")));
    calls.implementation(contract).ifPresent(named ->
        used.add(new CodeInUse(code(named), of + ", as its implementation")));
    return used;
  }

  private WalletAddress implementation(WalletAddress beacon) {
    return calls.view(beacon, Views.IMPLEMENTATION,
        answer -> AbiReader.ofData(answer).address());
  }

  private List<AccountView> accounts(WalletAddress contract, ServiceInfo service) {
    boolean fineTuning = service.isFineTuning();
    List<AccountKey> keys = calls.list(contract, PAGE, Views::accounts,
        answer -> Views.accounts(contract, answer));
    return calls.views(contract, keys, Views::account, (key, answer) -> Views.account(key, fineTuning, answer));
  }
}
