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

/** Compares the ledger with the contracts at one block. */
final class CheckRun {
  private final BlockRef block;
  private final Observation contracts;
  private final List<CheckResult.Difference> differences = new ArrayList<>();
  private final StateComparison states = new StateComparison(differences::add);
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
    return new CheckResult(ledger.deployment(), block, run.states.ledgers(), run.states.subAccounts(),
        run.states.refunds(), run.entries, run.contracts.held(), run.contracts.owed(), run.differences,
        ledger.integrity(), behind);
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
    states.compare(ledgerState, contractState);
    explain(ledgerState, ledger.journalAt(owner, block.number()));
  }

  private void explain(OwnerAnswer ledgerState, Journal journal) {
    entries += journal.entries();
    journal.unexplained(ledgerState).forEach((account, amount) -> differences.add(new CheckResult.Difference(
        ledgerState.owner(), account + " and its entries",
        "the balance exceeds the sum of its entries by " + amount, "")));
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
        account.refunds().stream()
            .map(refund -> RefundAnswer.at(block.time(), refund.amount(), refund.requestedAt(), lock)).toList());
  }
}
