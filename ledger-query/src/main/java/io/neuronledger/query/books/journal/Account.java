package io.neuronledger.query.books.journal;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.StandardCharsets;

/**
 * An account of an owner's books. The first part of its name is the type that accounting programs know: what an owner
 * has are assets, what was settled are expenses, and where coins come from and go to is equity.
 *
 * @param name the parts, separated by colons; addresses have EIP-55's checksum in their letters
 */
record Account(String name) implements Comparable<Account> {
  private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /** What is not allocated. */
  static Account available(WalletAddress owner) {
    return new Account("assets:" + of(owner) + ":available");
  }

  /** The part of a sub-account's balance that is not asked back. */
  static Account free(SubAccountId id) {
    return new Account("assets:" + of(id) + ":free");
  }

  /** The part of a sub-account's balance that is asked back. */
  static Account pendingRefund(SubAccountId id) {
    return new Account("assets:" + of(id) + ":pending-refund");
  }

  /** What a provider has got out of a sub-account. */
  static Account settled(SubAccountId id) {
    return new Account("expenses:" + of(id));
  }

  /** Every wallet outside of the ledgers: it has given what it lacks. */
  static Account outside(WalletAddress owner) {
    return new Account("equity:" + of(owner) + ":outside");
  }

  private static String of(WalletAddress owner) {
    return "owner:" + owner.checksummed();
  }

  private static String of(SubAccountId id) {
    return of(id.owner()) + ":provider:" + id.provider().checksummed() + ":" + encoded(id.service());
  }

  /**
   * A deployment may register any name, and some characters mean something in a journal: they are percent-encoded, as
   * in a URL. An account has no empty part: an empty name is {@code %00}, which no other name is.
   */
  private static String encoded(ServiceName service) {
    if (service.value().isEmpty()) {
      return "%00";
    }
    StringBuilder text = new StringBuilder();
    for (byte each : service.value().getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        text.append((char) each);
      } else {
        text.append(String.format("%%%02X", each));
      }
    }
    return text.toString();
  }

  @Override
  public int compareTo(Account other) {
    return name.compareTo(other.name);
  }
}
