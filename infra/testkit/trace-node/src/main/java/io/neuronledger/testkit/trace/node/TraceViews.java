package io.neuronledger.testkit.trace.node;

import static io.neuronledger.foundation.evm.Signature.selector;
import static io.neuronledger.foundation.evm.Signature.topic;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.testkit.trace.Trace;
import io.neuronledger.testkit.trace.node.block.TraceBlock;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The views of the contracts, answered from the trace's expected state. */
final class TraceViews {
  private static final int ACCOUNTS_MAX = 50;
  private static final BigInteger MIN_ACCOUNT_BALANCE = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(3));
  private static final BigInteger MIN_TRANSFER_AMOUNT = BigInteger.TEN.pow(18);
  private static final String SERVICE_REGISTERED = topic("ServiceRegistered(address,string)");
  private static final String LOCK_TIME_UPDATED = topic("LockTimeUpdated(uint256,uint256)");

  private static final String UPGRADED = topic("Upgraded(address)");
  private static final String LOCK_TIME = selector("lockTime()");

  private final Trace trace;
  private final TraceSwitches switches;
  private final Map<String, Function<Question, AbiWriter>> managerViews;
  private final Map<String, Function<Question, AbiWriter>> servingViews;

  TraceViews(Trace trace, TraceSwitches switches) {
    this.trace = trace;
    this.switches = switches;
    this.managerViews = Map.of(
        selector("getLedger(address)"), this::ledger,
        selector("getAllLedgers(uint256,uint256)"), this::ledgers,
        selector("getAllActiveServices()"), this::services,
        selector("getServiceAddressByName(string)"), this::serviceByName,
        selector("MIN_ACCOUNT_BALANCE()"), _ -> new AbiWriter().uint(MIN_ACCOUNT_BALANCE),
        selector("MIN_TRANSFER_AMOUNT()"), _ -> new AbiWriter().uint(MIN_TRANSFER_AMOUNT));
    this.servingViews = Map.of(
        selector("lockTime()"), question -> new AbiWriter().uint(lockTime(question.contract, question.block.number())),
        selector("accountExists(address,address)"), question -> new AbiWriter().bool(find(question).isPresent()),
        selector("getAccount(address,address)"), this::account,
        selector("getAllAccounts(uint256,uint256)"), question -> page(question, accounts(question), 0),
        selector("getAccountsByUser(address,uint256,uint256)"), question -> page(question, accounts(question).stream()
            .filter(account -> account.user().equals(question.address(0))).toList(), 1));
  }

  /** One call of a view. */
  private record Question(WalletAddress contract, String input, TraceBlock block) {
    BigInteger word(int index) {
      int from = 10 + 64 * index;
      if (input.length() < from + 64) {
        throw RpcError.reverted("0x");
      }
      return new BigInteger(input.substring(from, from + 64), 16);
    }

    WalletAddress address(int word) {
      return WalletAddress.parse("0x%040x".formatted(word(word)));
    }
  }

  /** {@code 0x} and the encoded answer. */
  String call(WalletAddress contract, String input, TraceBlock block) {
    Optional<WalletAddress> implementation = implementation(contract, block.number());
    if (implementation.isPresent()) {
      return new AbiWriter().address(implementation.get()).data();
    }
    if (input.length() < 10 || !(contract.equals(trace.ledgerManager()) || trace.services().containsKey(contract))) {
      return "0x";   // no contract there, or no function called
    }
    Function<Question, AbiWriter> view =
        (contract.equals(trace.ledgerManager()) ? managerViews : servingViews).get(input.substring(0, 10));
    if (view == null || (!switches.lockTime() && input.startsWith(LOCK_TIME))) {
      throw RpcError.reverted("0x");
    }
    return view.apply(new Question(contract, input, block)).data();
  }

  /** The implementation of a beacon; empty where the address is no beacon. */
  Optional<WalletAddress> implementation(WalletAddress beacon, long block) {
    Optional<WalletAddress> first = beacon.equals(TraceSwitches.BEACON) ? switches.implementation()
        : beacon.equals(TraceSwitches.SERVICE_BEACON) ? switches.serviceImplementation() : Optional.empty();
    return first.map(code -> upgraded(beacon, block).orElse(code));
  }

  /** The implementation of a beacon or a proxy since its last upgrade; empty where there was none. */
  Optional<WalletAddress> upgraded(WalletAddress emitter, long block) {
    return upgrades(block).filter(log -> log.emitter().equals(emitter)).reduce((_, last) -> last)
        .map(TraceViews::upgradedTo);
  }

  /** Whether the address is the implementation of a contract at any time. */
  boolean isImplementation(WalletAddress code) {
    return switches.implementation().equals(Optional.of(code))
        || switches.serviceImplementation().equals(Optional.of(code))
        || upgrades(Long.MAX_VALUE).map(TraceViews::upgradedTo).anyMatch(code::equals);
  }

  private Stream<Trace.Log> upgrades(long block) {
    return logs(block).filter(log -> log.topics().size() > 1 && log.topics().getFirst().equals(UPGRADED));
  }

  private static WalletAddress upgradedTo(Trace.Log log) {
    return WalletAddress.parse("0x" + log.topics().get(1).substring(26));
  }

  private AbiWriter ledger(Question question) {
    WalletAddress user = question.address(0);
    return Optional.ofNullable(ledgersOf(question.block).get(user))
        .map(ledger -> new AbiWriter().tuple(ledger(user, ledger)))
        .orElseThrow(() -> RpcError.reverted(new AbiWriter().address(user).call("LedgerNotExists(address)")));
  }

  private AbiWriter ledgers(Question question) {
    List<AbiWriter> ledgers = new ArrayList<>();
    ledgersOf(question.block).forEach((user, ledger) -> ledgers.add(ledger(user, ledger)));
    int limit = question.word(1).signum() == 0 ? ACCOUNTS_MAX : question.word(1).intValueExact();
    return new AbiWriter().list(slice(ledgers, question.word(0).intValueExact(), limit)).uint(ledgers.size());
  }

  private static AbiWriter ledger(WalletAddress user, Trace.LedgerState ledger) {
    return new AbiWriter().address(user).neuron(ledger.available()).neuron(ledger.total()).string("");
  }

  private AbiWriter services(Question question) {
    List<AbiWriter> services = new ArrayList<>();
    registered(question.block.number()).forEach((contract, name) -> services.add(new AbiWriter().address(contract)
        .address(contract).string(name.type()).string(name.value().substring(name.type().length() + 1))
        .string(name.value()).string("").bool(true).uint(1)));
    return new AbiWriter().list(services);
  }

  private AbiWriter serviceByName(Question question) {
    String name = AbiReader.ofArguments(question.input).string();
    return registered(question.block.number()).entrySet().stream()
        .filter(entry -> entry.getValue().value().equals(name))
        .findFirst().map(entry -> new AbiWriter().address(entry.getKey()))
        .orElseThrow(() -> RpcError.reverted(new AbiWriter().address(WalletAddress.ZERO)
            .call("ServiceNotFound(address)")));
  }

  private AbiWriter account(Question question) {
    return find(question).map(account -> new AbiWriter().tuple(account(question.contract, account)))
        .orElseThrow(() -> RpcError.reverted(new AbiWriter().address(question.address(0))
            .address(question.address(1)).call("AccountNotExists(address,address)")));
  }

  private Optional<Trace.AccountState> find(Question question) {
    return accounts(question).stream().filter(account -> account.user().equals(question.address(0))
        && account.provider().equals(question.address(1))).findFirst();
  }

  /** @param firstWord the index of the offset among the arguments; the limit follows */
  private AbiWriter page(Question question, List<Trace.AccountState> accounts, int firstWord) {
    int limit = question.word(firstWord + 1).intValueExact();
    if (limit > ACCOUNTS_MAX) {
      throw RpcError.reverted(new AbiWriter().uint(limit).call("LimitTooLarge(uint256)"));
    }
    List<AbiWriter> all = accounts.stream().map(account -> isFineTuning(question.contract)
        ? summary(account) : account(question.contract, account)).toList();
    return new AbiWriter().list(slice(all, question.word(firstWord).intValueExact(),
        limit == 0 ? ACCOUNTS_MAX : limit)).uint(all.size());
  }

  private AbiWriter account(WalletAddress contract, Trace.AccountState account) {
    AbiWriter written = head(account).list(refunds(account)).string("");
    int valid = account.refunds().size();
    return isFineTuning(contract)
        ? written.list(List.of()).uint(valid).uint(0).uint(0).bool(account.acknowledged())
        : written.bool(account.acknowledged()).uint(valid).uint(0).uint(0);
  }

  private static AbiWriter summary(Trace.AccountState account) {
    return head(account).string("").uint(account.refunds().size()).uint(0).bool(account.acknowledged());
  }

  private static AbiWriter head(Trace.AccountState account) {
    return new AbiWriter().address(account.user()).address(account.provider()).neuron(account.nonce())
        .neuron(account.balance()).neuron(account.pendingRefund());
  }

  /** The contracts never shorten the list: stale entries follow the active ones. */
  private static List<AbiWriter> refunds(Trace.AccountState account) {
    List<AbiWriter> slots = new ArrayList<>();
    for (Trace.Refund refund : account.refunds()) {
      slots.add(new AbiWriter().uint(slots.size()).neuron(refund.amount()).uint(refund.createdAt().getEpochSecond())
          .bool(false));
    }
    slots.add(new AbiWriter().uint(slots.size()).neuron(new Neuron(BigInteger.TWO.pow(200))).uint(1).bool(false));
    return slots;
  }

  /** The lock period in seconds. */
  long lockTime(WalletAddress service, long block) {
    return logs(block).filter(log -> log.emitter().equals(service) && log.topics().getFirst().equals(LOCK_TIME_UPDATED))
        .reduce((_, last) -> last).map(log -> new BigInteger(log.data().substring(66), 16).longValueExact())
        .orElse(trace.initialLockPeriod().toSeconds());
  }

  /** A service without a registration in the trace was registered before it. */
  SortedMap<WalletAddress, ServiceName> registered(long block) {
    SortedMap<WalletAddress, ServiceName> registered = new TreeMap<>(trace.services());
    registered.keySet().removeIf(service -> registers(Long.MAX_VALUE, service) && !registers(block, service));
    return registered;
  }

  private boolean registers(long upTo, WalletAddress service) {
    return logs(upTo).anyMatch(log -> log.emitter().equals(trace.ledgerManager())
        && log.topics().getFirst().equals(SERVICE_REGISTERED)
        && log.topics().get(1).endsWith(service.value().substring(2)));
  }

  private Stream<Trace.Log> logs(long upTo) {
    return trace.transactions().stream().filter(transaction -> transaction.block() <= upTo)
        .flatMap(transaction -> transaction.logs().stream());
  }

  static SortedMap<WalletAddress, Trace.LedgerState> ledgersOf(TraceBlock block) {
    SortedMap<WalletAddress, Trace.LedgerState> ledgers = new TreeMap<>();
    block.state().ledgers().forEach((user, ledger) -> ledger.ifPresent(state -> ledgers.put(user, state)));
    return ledgers;
  }

  private static List<Trace.AccountState> accounts(Question question) {
    return question.block.state().accounts().stream()
        .filter(account -> account.service().equals(question.contract)).toList();
  }

  private boolean isFineTuning(WalletAddress service) {
    return service.equals(trace.fineTuning());
  }

  private static <T> List<T> slice(List<T> all, int offset, int limit) {
    int from = Math.min(offset, all.size());
    return all.subList(from, Math.min(from + limit, all.size()));
  }
}
