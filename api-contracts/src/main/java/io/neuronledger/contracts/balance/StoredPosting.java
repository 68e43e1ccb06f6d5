package io.neuronledger.contracts.balance;

import io.neuronledger.contracts.value.SignedNeuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A posting as an event stores it: the accounts that the event names are referred to by index.
 *
 * @param account {@code outside}, {@code ledger}, {@code sub-account:<n>} or {@code provider:<n>} for the event's n-th
 *     sub-account and its provider, from 0; any other account by its full name, as in {@link Posting}
 */
public record StoredPosting(String account, SignedNeuron amount) {
  private static final String LEDGER = "ledger";
  private static final String SUB_ACCOUNT = "sub-account:";
  private static final String ADDRESS = ":0x";

  /** The stored form of an event's postings. */
  public static List<StoredPosting> of(List<Posting> postings, WalletAddress owner, List<SubAccountId> subAccounts) {
    Map<String, String> stored = new LinkedHashMap<>();
    fullNames(owner, subAccounts).forEach((name, full) -> stored.putIfAbsent(full, name));
    return postings.stream()
        .map(each -> new StoredPosting(stored.getOrDefault(each.account(), each.account()), each.amount())).toList();
  }

  /** The postings with the full names of their accounts. */
  public static List<Posting> full(List<StoredPosting> postings, WalletAddress owner, List<SubAccountId> subAccounts) {
    Map<String, String> full = fullNames(owner, subAccounts);
    return postings.stream().map(each -> new Posting(fullName(each.account, full), each.amount)).toList();
  }

  private static String fullName(String account, Map<String, String> full) {
    String name = full.getOrDefault(account, account);
    if (!name.equals(Posting.OUTSIDE) && !name.contains(ADDRESS)) {
      throw new IllegalArgumentException("no account of the event: " + account);
    }
    return name;
  }

  /** The full name of each account that an event names, by the name in its postings. */
  private static Map<String, String> fullNames(WalletAddress owner, List<SubAccountId> subAccounts) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(LEDGER, Posting.ledger(owner));
    for (int n = 0; n < subAccounts.size(); n++) {
      names.put(SUB_ACCOUNT + n, Posting.subAccount(subAccounts.get(n)));
      names.put(Posting.PROVIDER + n, Posting.provider(subAccounts.get(n).provider()));
    }
    return names;
  }
}
