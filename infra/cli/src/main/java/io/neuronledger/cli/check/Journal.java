package io.neuronledger.cli.check;

import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.answer.SubAccountAnswer;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.contracts.balance.Posting;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sum of an owner's entries per account. The second rule of the ledger: opening balance plus deposits, minus
 * withdrawals and settlements, equals the balance.
 */
final class Journal {
  private final long block;
  private final SortedMap<String, NeuronSum> sums = new TreeMap<>();
  private int entries;

  /** @param block the last block whose entries count */
  Journal(long block) {
    this.block = block;
  }

  /** Adds an entry; retracted entries and the entries that retract them do not count. */
  void add(Entry entry) {
    boolean isLater = entry.getPosition() != null && entry.getPosition().getBlock() > block;
    if (isLater || Boolean.TRUE.equals(entry.getRetracted()) || entry.getType() == EntryType.LEDGER_REWOUND_V1) {
      return;
    }
    entries++;
    entry.getPostings().forEach(posting ->
        sums.merge(posting.getAccount(), NeuronSum.parse(posting.getAmount()), NeuronSum::plus));
  }

  int entries() {
    return entries;
  }

  /**
   * Returns the difference between answer balances and summed entries, by account; normally empty.
   */
  SortedMap<String, NeuronSum> unexplained(OwnerAnswer answer) {
    SortedMap<String, NeuronSum> left = new TreeMap<>();
    left.put(Posting.ledger(answer.owner()), NeuronSum.of(answer.available()));
    for (SubAccountAnswer account : answer.subAccounts()) {
      left.put(Posting.subAccount(new SubAccountId(answer.owner(), account.provider(), account.service())),
          NeuronSum.of(account.balance()));
    }
    sums.forEach((account, sum) -> {
      if (!account.equals(Posting.OUTSIDE) && !account.startsWith(Posting.PROVIDER)) {
        left.merge(account, sum.negate(), NeuronSum::plus);
      }
    });
    left.values().removeIf(amount -> amount.sign() == 0);
    return left;
  }
}
