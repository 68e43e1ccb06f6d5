package io.neuronledger.query.books.journal;

import io.neuronledger.contracts.balance.LedgerState;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.balance.SubAccountState;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The accounts of one owner, as its entries leave them, in order. An entry's postings know no pending refunds: what
 * moves between the free and the pending part of a sub-account follows from its state before and after.
 */
final class OwnerBook {
  private final WalletAddress owner;
  /** What is pending of each sub-account that was named. */
  private final SortedMap<SubAccountId, BigInteger> pending = new TreeMap<>();
  private final SortedMap<Account, BigInteger> balances = new TreeMap<>();

  OwnerBook(WalletAddress owner) {
    this.owner = owner;
  }

  /** @param amount in neuron, added to the account; not zero */
  record Line(Account account, BigInteger amount) {}

  /** Books an entry; its lines sum to zero, and are none where nothing moved. */
  List<Line> add(LedgerEvent.Posted event) {
    Map<Account, BigInteger> moved = new LinkedHashMap<>();
    for (Posting posting : event.postings()) {
      moved.merge(account(posting.account(), event), posting.amount().value(), BigInteger::add);
    }
    switch (event) {
      case LedgerEvent.Booked booked -> {
        assign(Account.available(owner), booked.after().available().value());
        booked.subAccountState().ifPresent(state -> assign(state, moved));
        if (!booked.after().open()) {
          closeMissing(List.of(), moved);
        }
      }
      case LedgerEvent.Assigned assigned -> {
        LedgerState state = assigned.state();
        assign(Account.available(owner), state.available().value());
        state.subAccounts().forEach(each -> assign(each, moved));
        closeMissing(state.subAccounts().stream().map(this::id).toList(), moved);
      }
    }
    moved.forEach((account, amount) -> {
      if (!isAsset(account)) {
        balances.merge(account, amount, BigInteger::add);
      }
    });
    return moved.entrySet().stream().filter(each -> each.getValue().signum() != 0)
        .map(each -> new Line(each.getKey(), each.getValue())).toList();
  }

  /**
   * The balance of each account that was named, in neuron: of an asset as the entries state it, not as their postings
   * add up.
   */
  SortedMap<Account, BigInteger> balances() {
    return balances;
  }

  private static boolean isAsset(Account account) {
    return account.name().startsWith("assets:");
  }

  private Account account(String posted, LedgerEvent.Posted event) {
    if (posted.equals(Posting.OUTSIDE)) {
      return Account.outside(owner);
    }
    if (posted.equals(Posting.ledger(owner))) {
      return Account.available(owner);
    }
    // A provider's account is of all services; the entry that pays it names the one.
    return posted.startsWith(Posting.PROVIDER)
        ? Account.settled(event.subAccounts().getFirst())
        : Account.free(SubAccountId.parse(posted));
  }

  private SubAccountId id(SubAccountState state) {
    return new SubAccountId(owner, state.provider(), state.service());
  }

  private void assign(SubAccountState state, Map<Account, BigInteger> moved) {
    assign(id(state), state.balance().value(), state.pendingRefund().value(), moved);
  }

  private void assign(SubAccountId id, BigInteger balance, BigInteger nowPending, Map<Account, BigInteger> moved) {
    BigInteger before = Optional.ofNullable(pending.put(id, nowPending)).orElse(BigInteger.ZERO);
    BigInteger asked = nowPending.subtract(before);
    moved.merge(Account.free(id), asked.negate(), BigInteger::add);
    moved.merge(Account.pendingRefund(id), asked, BigInteger::add);
    assign(Account.free(id), balance.subtract(nowPending));
    assign(Account.pendingRefund(id), nowPending);
  }

  /** A complete state, and a closed ledger, has no other sub-accounts. */
  private void closeMissing(List<SubAccountId> remaining, Map<Account, BigInteger> moved) {
    for (SubAccountId id : List.copyOf(pending.keySet())) {
      if (!remaining.contains(id)) {
        assign(id, BigInteger.ZERO, BigInteger.ZERO, moved);
      }
    }
  }

  private void assign(Account account, BigInteger balance) {
    balances.put(account, balance);
  }
}
