package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the decoder remembers, with its types. The sum of all that is available is kept beside the ledgers. */
public final class ContractModel {
  private static final String LEDGER = "ledger/";
  private static final String CLOSED = "closed/";
  private static final String ACCOUNT = "account/";
  private static final String SERVICE = "service/";
  private static final String SERVICES = "services";
  private static final String CLOSINGS = "closings/";
  private static final String SETTLEMENTS = "settlements/";
  private static final String SUM = "available";
  private static final String SURPLUS = "surplus";
  private static final String MANAGER_BEACON = "manager-beacon";
  private static final String MANAGER_CODE = "manager-code";
  private static final String CHECKED = "checked";
  private static final String UNVERIFIED = "unverified";
  private static final String AMENDMENTS = "amendments";

  private final ModelOverlay notes;
  /** What was counted here and means nothing behind the block, unless it is part of an interval. */
  private final Set<String> counted = new HashSet<>();

  public ContractModel(ModelOverlay notes) {
    this.notes = notes;
  }

  public ModelOverlay notes() {
    return notes;
  }

  public Optional<LedgerState> ledger(WalletAddress user) {
    return notes.get(LEDGER + user).map(LedgerState::parse);
  }

  public void put(WalletAddress user, LedgerState entry) {
    addToSum(entry.available().subtract(ledger(user).map(LedgerState::available).orElse(BigInteger.ZERO)));
    notes.put(LEDGER + user, entry.toString());
    if (notes.get(CLOSED + user).isPresent()) {
      notes.remove(CLOSED + user);
    }
  }

  public void removeLedger(WalletAddress user) {
    addToSum(ledger(user).map(LedgerState::available).orElse(BigInteger.ZERO).negate());
    notes.remove(LEDGER + user);
    notes.put(CLOSED + user, "");
  }

  /** Whose ledger was open once and is not any more. */
  public Set<WalletAddress> closedLedgers() {
    return notes.startingWith(CLOSED).keySet().stream()
        .map(key -> WalletAddress.parse(key.substring(CLOSED.length()))).collect(Collectors.toUnmodifiableSet());
  }

  public SortedMap<WalletAddress, LedgerState> ledgers() {
    SortedMap<WalletAddress, LedgerState> ledgers = new TreeMap<>();
    notes.startingWith(LEDGER).forEach((key, text) ->
        ledgers.put(WalletAddress.parse(key.substring(LEDGER.length())), LedgerState.parse(text)));
    return ledgers;
  }

  /** The user's sub-accounts with all services, in one order. */
  public Map<AccountKey, AccountState> accounts(WalletAddress user) {
    Map<AccountKey, AccountState> accounts = new LinkedHashMap<>();
    for (WalletAddress service : services().keySet()) {
      String prefix = ACCOUNT + service + "/" + user + "/";
      notes.startingWith(prefix).forEach((key, text) -> accounts.put(
          new AccountKey(service, user, WalletAddress.parse(key.substring(prefix.length()))),
          AccountState.parse(text)));
    }
    return accounts;
  }

  /** Of all that there are. */
  public Set<AccountKey> accountKeys() {
    Set<AccountKey> keys = new HashSet<>();
    for (String key : notes.startingWith(ACCOUNT).keySet()) {
      String[] parts = key.substring(ACCOUNT.length()).split("/", -1);
      keys.add(new AccountKey(WalletAddress.parse(parts[0]), WalletAddress.parse(parts[1]),
          WalletAddress.parse(parts[2])));
    }
    return keys;
  }

  public Optional<AccountState> account(AccountKey key) {
    return notes.get(textOf(key)).map(AccountState::parse);
  }

  /** Whether the user has acknowledged the provider of a sub-account; empty where there is none. */
  public Optional<Boolean> acknowledged(AccountKey key) {
    return account(key).map(AccountState::acknowledged);
  }

  public void put(AccountKey key, AccountState entry) {
    notes.put(textOf(key), entry.toString());
  }

  public void remove(AccountKey key) {
    notes.remove(textOf(key));
  }

  public Optional<ServiceInfo> service(WalletAddress contract) {
    return notes.get(SERVICE + contract).map(ServiceInfo::parse);
  }

  public void put(WalletAddress contract, ServiceInfo entry) {
    if (service(contract).isEmpty()) {
      notes.put(SERVICES, notes.get(SERVICES).map(known -> known + " " + contract).orElse(contract.toString()));
    }
    notes.put(SERVICE + contract, entry.toString());
  }

  public SortedMap<WalletAddress, ServiceInfo> services() {
    SortedMap<WalletAddress, ServiceInfo> services = new TreeMap<>();
    notes.get(SERVICES).ifPresent(known -> {
      for (String address : known.split(" ", -1)) {
        WalletAddress contract = WalletAddress.parse(address);
        services.put(contract, service(contract).orElseThrow());
      }
    });
    return services;
  }

  /** The sum of what is available in all ledgers. */
  public BigInteger available() {
    return notes.get(SUM).map(BigInteger::new).orElse(BigInteger.ZERO);
  }

  /** Coins of LedgerManager that nobody deposited: forced in. Empty before following has started. */
  public Optional<BigInteger> surplus() {
    return notes.get(SURPLUS).map(BigInteger::new);
  }

  public void surplus(BigInteger coins) {
    notes.put(SURPLUS, coins.toString());
  }

  public Optional<WalletAddress> managerBeacon() {
    return notes.get(MANAGER_BEACON).map(WalletAddress::parse);
  }

  public void managerBeacon(WalletAddress beacon) {
    notes.put(MANAGER_BEACON, beacon.toString());
  }

  /** Whether LedgerManager was there and its code known, or accepted; upgrades come by log from then on. */
  public boolean isManagerCodeChecked() {
    return notes.get(MANAGER_CODE).isPresent();
  }

  public void managerCodeChecked() {
    notes.put(MANAGER_CODE, CHECKED);
  }

  /** The implementation that nobody has described, since which everything is read as if it were like the one before. */
  public Optional<WalletAddress> unverified() {
    return notes.get(UNVERIFIED).map(WalletAddress::parse);
  }

  public void unverified(WalletAddress implementation) {
    notes.put(UNVERIFIED, implementation.toString());
  }

  /** What a comparison of states found missing, as long as its blocks are still being told. */
  public Optional<Corrections> amendments() {
    return notes.get(AMENDMENTS).map(Corrections::parse);
  }

  public void amendments(Corrections amendments) {
    notes.put(AMENDMENTS, amendments.toString());
  }

  /** How often the user's ledger was closed since the comparison's first block. */
  public int closings(WalletAddress user) {
    return notes.get(CLOSINGS + user).map(Integer::valueOf).orElse(0);
  }

  public void closed(WalletAddress user) {
    count(CLOSINGS + user, closings(user) + 1);
  }

  /** How often something of the user's was settled since the comparison's first block. */
  public int settlements(WalletAddress user) {
    return notes.get(SETTLEMENTS + user).map(Integer::valueOf).orElse(0);
  }

  public void settled(WalletAddress user) {
    count(SETTLEMENTS + user, settlements(user) + 1);
  }

  /** The interval that the amendments are for is over. */
  public void endAmendments() {
    if (notes.get(AMENDMENTS).isPresent()) {
      notes.remove(AMENDMENTS);
      counted.addAll(notes.startingWith(CLOSINGS).keySet());
      counted.addAll(notes.startingWith(SETTLEMENTS).keySet());
    }
    counted.forEach(notes::remove);
    counted.clear();
  }

  private void count(String key, int times) {
    notes.put(key, String.valueOf(times));
    counted.add(key);
  }

  private void addToSum(BigInteger change) {
    if (change.signum() != 0) {
      notes.put(SUM, available().add(change).toString());
    }
  }

  private static String textOf(AccountKey key) {
    return ACCOUNT + key.service() + "/" + key.user() + "/" + key.provider();
  }
}
