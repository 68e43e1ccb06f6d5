package io.neuronledger.local.check;

import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.Posting;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.local.answer.OwnerAnswer;
import io.neuronledger.local.answer.SubAccountAnswer;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What an owner's entries add up to, per account. The second rule of the ledger: what was opened with and deposited,
 * less what was withdrawn and settled, is what is there.
 */
final class Journal {
  private final long block;
  private final SortedMap<String, NeuronSum> sums = new TreeMap<>();
  private int entries;

  /** @param block up to which entries count */
  Journal(long block) {
    this.block = block;
  }

  /** What was taken back counts for nothing, and so does the entry that took it back. */
  void add(JsonNode entry) {
    if (entry.at("/position/block").asLong() > block || entry.path("retracted").asBoolean()
        || entry.path("type").asString().equals(EventNames.LEDGER_REWOUND)) {
      return;
    }
    entries++;
    entry.path("postings").forEach(posting -> sums.merge(posting.path("account").asString(),
        NeuronSum.parse(posting.path("amount").asString()), NeuronSum::plus));
  }

  int entries() {
    return entries;
  }

  /**
   * What the accounts hold by these answers and do not hold by the entries, or the other way round; all zero as a rule.
   */
  SortedMap<String, NeuronSum> unexplained(OwnerAnswer answered) {
    SortedMap<String, NeuronSum> left = new TreeMap<>();
    left.put(Posting.ledger(answered.owner()), NeuronSum.of(answered.available()));
    for (SubAccountAnswer account : answered.subAccounts()) {
      left.put(Posting.subAccount(new SubAccountId(answered.owner(), account.provider(), account.service())),
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
