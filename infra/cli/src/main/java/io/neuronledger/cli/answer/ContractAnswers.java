package io.neuronledger.cli.answer;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.contract.AccountLedgerViews;
import io.neuronledger.testkit.devchain.contract.LedgerAt;
import io.neuronledger.testkit.devchain.contract.SubAccountAt;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The state of owners from AccountLedger's views at one block. */
public final class ContractAnswers {
  private final AccountLedgerViews views;

  public ContractAnswers(AccountLedgerViews views) {
    this.views = views;
  }

  /** Returns the contract's state of an owner at this block, with refunds claimable by this block's time. */
  public OwnerAnswer ownerAt(WalletAddress owner, BlockHeader block) {
    BlockRef at = BlockRef.hash(block.hash());
    LedgerAt ledger = views.ledger(owner, at);
    Map<ServiceName, Duration> lockPeriods = new HashMap<>();
    List<SubAccountAnswer> subAccounts = views.subAccountsOf(owner, at).stream()
        .filter(SubAccountAt::open)
        .map(found -> subAccount(found, block,
            lockPeriods.computeIfAbsent(found.id().service(), service -> views.lockPeriod(service, at))))
        .toList();
    return new OwnerAnswer(owner, ledger.open(), ledger.available(), ledger.locked(), ledger.total(), subAccounts);
  }

  private static SubAccountAnswer subAccount(SubAccountAt found, BlockHeader block, Duration lockPeriod) {
    List<RefundAnswer> refunds = found.refunds().stream()
        .map(refund -> RefundAnswer.at(block.time(), refund.amount(), refund.requestedAt(), lockPeriod))
        .toList();
    return new SubAccountAnswer(found.id().provider(), found.id().service(), found.balance(), found.pendingRefund(),
        found.acknowledged(), refunds);
  }
}
