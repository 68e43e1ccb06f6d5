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

/** The typed view of the decoder's state. It keeps the sum of all available balances beside the ledgers. */
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
  private static final String CORRECTIONS = "amendments";

  private final ModelOverlay overlay;
  /** The counters of this block; they are dropped after it, unless the block is part of a corrected range. */
  private final Set<String> counted = new HashSet<>();

  public ContractModel(ModelOverlay overlay) {
    this.overlay = overlay;
  }

  public ModelOverlay overlay() {
    return overlay;
  }

  public Optional<LedgerState> ledger(WalletAddress user) {
    return overlay.get(LEDGER + user).map(LedgerState::parse);
  }

  public void put(WalletAddress user, LedgerState entry) {
    addToSum(entry.available().subtract(ledger(user).map(LedgerState::available).orElse(BigInteger.ZERO)));
    overlay.put(LEDGER + user, entry.toString());
    if (overlay.get(CLOSED + user).isPresent()) {
      overlay.remove(CLOSED + user);
    }
  }

  public void removeLedger(WalletAddress user) {
    addToSum(ledger(user).map(LedgerState::available).orElse(BigInteger.ZERO).negate());
    overlay.remove(LEDGER + user);
    overlay.put(CLOSED + user, "");
  }

  /** The owners whose ledger was open once and is closed now. */
  public Set<WalletAddress> closedLedgers() {
    return overlay.startingWith(CLOSED).keySet().stream()
        .map(key -> WalletAddress.parse(key.substring(CLOSED.length()))).collect(Collectors.toUnmodifiableSet());
  }

  public SortedMap<WalletAddress, LedgerState> ledgers() {
    SortedMap<WalletAddress, LedgerState> ledgers = new TreeMap<>();
    overlay.startingWith(LEDGER).forEach((key, text) ->
        ledgers.put(WalletAddress.parse(key.substring(LEDGER.length())), LedgerState.parse(text)));
    return ledgers;
  }

  /** The user's sub-accounts with all services, in one order. */
  public Map<AccountKey, AccountState> accounts(WalletAddress user) {
    Map<AccountKey, AccountState> accounts = new LinkedHashMap<>();
    for (WalletAddress service : services().keySet()) {
      String prefix = ACCOUNT + service + "/" + user + "/";
      overlay.startingWith(prefix).forEach((key, text) -> accounts.put(
          new AccountKey(service, user, WalletAddress.parse(key.substring(prefix.length()))),
          AccountState.parse(text)));
    }
    return accounts;
  }

  /** The keys of all sub-accounts. */
  public Set<AccountKey> accountKeys() {
    Set<AccountKey> keys = new HashSet<>();
    for (String key : overlay.startingWith(ACCOUNT).keySet()) {
      String[] parts = key.substring(ACCOUNT.length()).split("/", -1);
      keys.add(new AccountKey(WalletAddress.parse(parts[0]), WalletAddress.parse(parts[1]),
          WalletAddress.parse(parts[2])));
    }
    return keys;
  }

  public Optional<AccountState> account(AccountKey key) {
    return overlay.get(textOf(key)).map(AccountState::parse);
  }

  /** Whether the user has acknowledged the provider of a sub-account; empty where there is none. */
  public Optional<Boolean> acknowledged(AccountKey key) {
    return account(key).map(AccountState::acknowledged);
  }

  public void put(AccountKey key, AccountState entry) {
    overlay.put(textOf(key), entry.toString());
  }

  public void remove(AccountKey key) {
    overlay.remove(textOf(key));
  }

  public Optional<ServiceInfo> service(WalletAddress contract) {
    return overlay.get(SERVICE + contract).map(ServiceInfo::parse);
  }

  public void put(WalletAddress contract, ServiceInfo entry) {
    if (service(contract).isEmpty()) {
      overlay.put(SERVICES, overlay.get(SERVICES).map(known -> known + " " + contract).orElse(contract.toString()));
    }
    overlay.put(SERVICE + contract, entry.toString());
  }

  public SortedMap<WalletAddress, ServiceInfo> services() {
    SortedMap<WalletAddress, ServiceInfo> services = new TreeMap<>();
    overlay.get(SERVICES).ifPresent(known -> {
      for (String address : known.split(" ", -1)) {
        WalletAddress contract = WalletAddress.parse(address);
        services.put(contract, service(contract).orElseThrow());
      }
    });
    return services;
  }

  /** The sum of the available balances of all ledgers. */
  public BigInteger available() {
    return overlay.get(SUM).map(BigInteger::new).orElse(BigInteger.ZERO);
  }

  /**
   * The part of LedgerManager's native balance that no deposit explains: it was forced in. Empty before following has
   * started.
   */
  public Optional<BigInteger> surplus() {
    return overlay.get(SURPLUS).map(BigInteger::new);
  }

  public void surplus(BigInteger amount) {
    overlay.put(SURPLUS, amount.toString());
  }

  public Optional<WalletAddress> managerBeacon() {
    return overlay.get(MANAGER_BEACON).map(WalletAddress::parse);
  }

  public void managerBeacon(WalletAddress beacon) {
    overlay.put(MANAGER_BEACON, beacon.toString());
  }

  /** Whether LedgerManager exists and its code is known or accepted; later upgrades are logged. */
  public boolean isManagerCodeChecked() {
    return overlay.get(MANAGER_CODE).isPresent();
  }

  public void managerCodeChecked() {
    overlay.put(MANAGER_CODE, CHECKED);
  }

  /** The unknown implementation in use; everything since is decoded like the implementation before it. */
  public Optional<WalletAddress> unverified() {
    return overlay.get(UNVERIFIED).map(WalletAddress::parse);
  }

  public void unverified(WalletAddress implementation) {
    overlay.put(UNVERIFIED, implementation.toString());
  }

  /** The corrections that a state comparison found, while its blocks are being decoded. */
  public Optional<Corrections> corrections() {
    return overlay.get(CORRECTIONS).map(Corrections::parse);
  }

  public void corrections(Corrections corrections) {
    overlay.put(CORRECTIONS, corrections.toString());
  }

  /** How often the user's ledger has closed since the first block of the corrected range. */
  public int closings(WalletAddress user) {
    return overlay.get(CLOSINGS + user).map(Integer::valueOf).orElse(0);
  }

  public void countClosing(WalletAddress user) {
    count(CLOSINGS + user, closings(user) + 1);
  }

  /** How often the user's accounts have been settled since the first block of the corrected range. */
  public int settlements(WalletAddress user) {
    return overlay.get(SETTLEMENTS + user).map(Integer::valueOf).orElse(0);
  }

  public void countSettlement(WalletAddress user) {
    count(SETTLEMENTS + user, settlements(user) + 1);
  }

  /** Ends the corrected range: drops the corrections and their counters. */
  public void endCorrections() {
    if (overlay.get(CORRECTIONS).isPresent()) {
      overlay.remove(CORRECTIONS);
      counted.addAll(overlay.startingWith(CLOSINGS).keySet());
      counted.addAll(overlay.startingWith(SETTLEMENTS).keySet());
    }
    counted.forEach(overlay::remove);
    counted.clear();
  }

  private void count(String key, int times) {
    overlay.put(key, String.valueOf(times));
    counted.add(key);
  }

  private void addToSum(BigInteger change) {
    if (change.signum() != 0) {
      overlay.put(SUM, available().add(change).toString());
    }
  }

  private static String textOf(AccountKey key) {
    return ACCOUNT + key.service() + "/" + key.user() + "/" + key.provider();
  }
}
