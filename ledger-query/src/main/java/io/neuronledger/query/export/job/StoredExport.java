package io.neuronledger.query.export.job;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An export as its folder keeps it.
 *
 * @param needs the scopes that let its maker ask the list: sets of them, each of them enough. One that is bound to an
 *     owner is among them only where the list is of the maker's owner
 */
record StoredExport(Maker maker, List<Set<Scope>> needs, ExportView view) {
  StoredExport {
    needs = List.copyOf(needs);
  }

  /** Who has asked for it: subjects of different kinds of credentials are different callers. */
  record Maker(Caller.Credential credential, String subject, Optional<WalletAddress> owner) {
    static Maker of(Caller caller) {
      return new Maker(caller.credential(), caller.subject(), caller.owner());
    }
  }

  StoredExport with(ExportView changed) {
    return new StoredExport(maker, needs, changed);
  }

  /** Whether it is the caller's own. */
  boolean isOf(Caller caller) {
    return maker.equals(Maker.of(caller));
  }

  /** Whether a wallet has asked for it: anybody can make any number of them. */
  boolean isOfWallet() {
    return maker.credential() == Caller.Credential.WALLET_TOKEN;
  }

  /** Whether the caller may still ask the list itself. */
  boolean mayRead(Caller caller) {
    return isOf(caller) && needs.stream().anyMatch(caller.scopes()::containsAll);
  }

  /** Whether the caller knows that it is there. */
  boolean isSeenBy(Caller caller) {
    return isOf(caller) || caller.scopes().contains(Scope.ADMIN);
  }
}
