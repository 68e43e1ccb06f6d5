package io.neuronledger.local.check;

import io.neuronledger.contracts.event.ObservedLedger;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.BlockRef;
import io.neuronledger.indexer.decode.Observation;
import io.neuronledger.local.answer.OwnerAnswer;
import io.neuronledger.local.answer.RefundAnswer;
import io.neuronledger.local.answer.SubAccountAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Holds the ledger beside the contracts, at one block. */
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

  /** @param at the block; absent for the last one that is sealed in every partition */
  static CheckResult of(LedgerSide ledger, ContractSide contracts, Optional<Long> at) {
    long startBlock = ledger.deployment().startBlock();
    if (at.filter(number -> number < startBlock).isPresent()) {
      throw new IllegalStateException("the ledger follows from block " + startBlock + " on and knows nothing of block "
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
      differences.add(new CheckResult.Difference(owner, "quarantine", "stands still, a person must look", ""));
      return;
    }
    ledger.hashAt(owner, block.number()).filter(hash -> !hash.equals(block.hash())).ifPresent(hash -> {
      throw new IllegalStateException("the ledger's block " + block.number() + " is " + hash + ", the node's is "
          + block.hash() + ": they are on different branches. Try again");
    });
    OwnerAnswer theirs = contractAnswer(owner);
    OwnerAnswer ours = ledger.ownerAt(owner, block.number());
    ledgers++;
    compare(owner, "ledger", stateOf(ours), stateOf(theirs));
    SortedMap<String, SubAccountAnswer> ourAccounts = byName(ours);
    SortedMap<String, SubAccountAnswer> theirAccounts = byName(theirs);
    SortedSet<String> names = new TreeSet<>(ourAccounts.keySet());
    names.addAll(theirAccounts.keySet());
    names.forEach(name -> compare(owner, name, Optional.ofNullable(ourAccounts.get(name)),
        Optional.ofNullable(theirAccounts.get(name))));
    explain(ours, ledger.journalAt(owner, block.number()));
  }

  private void explain(OwnerAnswer ours, Journal journal) {
    entries += journal.entries();
    journal.unexplained(ours).forEach((account, amount) -> differences.add(new CheckResult.Difference(ours.owner(),
        account + " beside its entries", "holds " + amount + " above what they add up to", "")));
  }

  private void compare(WalletAddress owner, String name, Optional<SubAccountAnswer> ours,
      Optional<SubAccountAnswer> theirs) {
    subAccounts++;
    compare(owner, name, ours.map(CheckRun::stateOf).orElse("none"), theirs.map(CheckRun::stateOf).orElse("none"));
    ours.ifPresent(our -> theirs.ifPresent(their -> compare(owner, name + ", acknowledged",
        String.valueOf(our.acknowledged()), String.valueOf(their.acknowledged()))));
    List<RefundAnswer> our = ours.map(SubAccountAnswer::refunds).orElse(List.of());
    List<RefundAnswer> their = theirs.map(SubAccountAnswer::refunds).orElse(List.of());
    for (int i = 0; i < Math.max(our.size(), their.size()); i++) {
      refunds++;
      compare(owner, name + ", refund " + (i + 1), stateOf(our, i), stateOf(their, i));
    }
  }

  private void compare(WalletAddress owner, String what, String ours, String theirs) {
    if (!ours.equals(theirs)) {
      differences.add(new CheckResult.Difference(owner, what, ours, theirs));
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
        () -> "the contract has an account with a service that it does not know: " + account.service());
    return SubAccountAnswer.of(account.provider(), account.service(), account.balance(), account.acknowledged(),
        account.refunds().stream().map(refund -> new RefundAnswer(refund.amount(), refund.requestedAt(),
            !block.time().isBefore(refund.requestedAt().plus(lock)))).toList());
  }
}
