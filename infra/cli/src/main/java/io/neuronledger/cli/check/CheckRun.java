package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.RefundAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.contracts.balance.ObservedLedger;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares the ledger with the contracts at one block. */
final class CheckRun {
  private final BlockRef block;
  private final Observation contracts;
  private final List<CheckResult.Difference> differences = new ArrayList<>();
  private int ledgers;
  private int subAccounts;
  private int refunds;
  private int entries;

  private CheckRun(BlockRef block, Observation contracts) {
    this.block = block;
    this.contracts = contracts;
  }

  /** @param at the block; absent for the last one that every partition has sealed */
  static CheckResult of(LedgerSide ledger, ContractSide contracts, Optional<Long> at) {
    long startBlock = ledger.deployment().startBlock();
    if (at.filter(number -> number < startBlock).isPresent()) {
      throw new IllegalStateException("the ledger follows from block " + startBlock + " on and has no state of block "
          + at.get());
    }
    Optional<String> behind = at.isPresent() ? Optional.empty() : ledger.behind();
    BlockRef block = contracts.block(at.orElseGet(ledger::sealedBlock));
    CheckRun run = new CheckRun(block, contracts.at(block));
    SortedMap<WalletAddress, Boolean> owners = ledger.quarantinedByOwner();
    run.contracts.ledgers().keySet().forEach(owner -> owners.putIfAbsent(owner, false));
    owners.forEach((owner, quarantined) -> run.compare(owner, quarantined, ledger));
    return new CheckResult(ledger.deployment(), block, run.ledgers, run.subAccounts, run.refunds, run.entries,
        run.contracts.held(), run.contracts.owed(), run.differences, ledger.integrity(), behind);
  }

  private void compare(WalletAddress owner, boolean quarantined, LedgerSide ledger) {
    if (quarantined) {
      differences.add(new CheckResult.Difference(owner, "quarantine", "quarantined, an operator must act", ""));
      return;
    }
    ledger.hashAt(owner, block.number()).filter(hash -> !hash.equals(block.hash())).ifPresent(hash -> {
      throw new IllegalStateException("the ledger's block " + block.number() + " is " + hash + ", the node's is "
          + block.hash() + ": they are on different branches. Try again");
    });
    OwnerAnswer contractState = contractAnswer(owner);
    OwnerAnswer ledgerState = ledger.ownerAt(owner, block.number());
    ledgers++;
    compare(owner, "ledger", stateOf(ledgerState), stateOf(contractState));
    SortedMap<String, SubAccountAnswer> ledgerAccounts = byName(ledgerState);
    SortedMap<String, SubAccountAnswer> contractAccounts = byName(contractState);
    SortedSet<String> names = new TreeSet<>(ledgerAccounts.keySet());
    names.addAll(contractAccounts.keySet());
    names.forEach(name -> compare(owner, name, Optional.ofNullable(ledgerAccounts.get(name)),
        Optional.ofNullable(contractAccounts.get(name))));
    explain(ledgerState, ledger.journalAt(owner, block.number()));
  }

  private void explain(OwnerAnswer ledgerState, Journal journal) {
    entries += journal.entries();
    journal.unexplained(ledgerState).forEach((account, amount) -> differences.add(new CheckResult.Difference(
        ledgerState.owner(), account + " and its entries",
        "the balance exceeds the sum of its entries by " + amount, "")));
  }

  private void compare(WalletAddress owner, String name, Optional<SubAccountAnswer> ledgerState,
      Optional<SubAccountAnswer> contractState) {
    subAccounts++;
    compare(owner, name, ledgerState.map(CheckRun::stateOf).orElse("none"),
        contractState.map(CheckRun::stateOf).orElse("none"));
    ledgerState.ifPresent(ledgerSide -> contractState.ifPresent(contractSide -> compare(owner, name + ", acknowledged",
        String.valueOf(ledgerSide.acknowledged()), String.valueOf(contractSide.acknowledged()))));
    List<RefundAnswer> ledgerSide = ledgerState.map(SubAccountAnswer::refunds).orElse(List.of());
    List<RefundAnswer> contractSide = contractState.map(SubAccountAnswer::refunds).orElse(List.of());
    for (int i = 0; i < Math.max(ledgerSide.size(), contractSide.size()); i++) {
      refunds++;
      compare(owner, name + ", refund " + (i + 1), stateOf(ledgerSide, i), stateOf(contractSide, i));
    }
  }

  private void compare(WalletAddress owner, String what, String ledgerState, String contractState) {
    if (!ledgerState.equals(contractState)) {
      differences.add(new CheckResult.Difference(owner, what, ledgerState, contractState));
    }
  }

  private static String stateOf(OwnerAnswer owner) {
    return owner.open() ? "available " + owner.available() + ", locked " + owner.locked() + ", total " + owner.total()
        : "closed";
  }

  private static String stateOf(SubAccountAnswer account) {
    return "balance " + account.balance() + ", pending " + account.pendingRefund();
  }

  private static String stateOf(List<RefundAnswer> refunds, int index) {
    if (index >= refunds.size()) {
      return "none";
    }
    RefundAnswer refund = refunds.get(index);
    return refund.amount() + " asked at " + refund.requestedAt() + (refund.claimable() ? ", claimable" : ", waiting");
  }

  private static SortedMap<String, SubAccountAnswer> byName(OwnerAnswer owner) {
    SortedMap<String, SubAccountAnswer> accounts = new TreeMap<>();
    owner.subAccounts().forEach(account -> accounts.put(account.service() + " with " + account.provider(), account));
    return accounts;
  }

  private OwnerAnswer contractAnswer(WalletAddress owner) {
    ObservedLedger observed = contracts.ledgers().get(owner);
    return observed == null || !observed.open() ? OwnerAnswer.closed(owner)
        : OwnerAnswer.open(owner, observed.available(), observed.subAccounts().stream().map(this::account).toList());
  }

  private SubAccountAnswer account(ObservedLedger.SubAccount account) {
    Duration lock = Objects.requireNonNull(contracts.lockPeriods().get(account.service()),
        () -> "the contract has an account with an unknown service: " + account.service());
    return SubAccountAnswer.of(account.provider(), account.service(), account.balance(), account.acknowledged(),
        account.refunds().stream().map(refund -> new RefundAnswer(refund.amount(), refund.requestedAt(),
            !block.time().isBefore(refund.requestedAt().plus(lock)))).toList());
  }
}
