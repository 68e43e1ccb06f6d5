package io.neuronledger.query.audit;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.foundation.partitionlog.StoredNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the columns of an entry from an event. */
final class Facts {
  private static final StoredNames NAMES = StoredNames.of(AccountEvent.class);

  /** The type that most entries of a busy ledger have; the index by type leaves it out. */
  static final String FREQUENT_TYPE = EventNames.FEES_SETTLED;

  /** The stored names of the events that are entries, in their order by letter. */
  static final SortedSet<String> TYPES = Collections.unmodifiableSortedSet(
      records(LedgerEvent.Posted.class).map(NAMES::nameOf).collect(Collectors.toCollection(TreeSet::new)));

  private Facts() {}

  private static Stream<Class<?>> records(Class<?> sealed) {
    return sealed.isRecord() ? Stream.of(sealed)
        : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(Facts::records);
  }

  /** The stored name of the event. */
  static String type(LedgerEvent event) {
    return NAMES.nameOf(event.getClass());
  }

  /** The sub-account of the event; empty for an event of the ledger. */
  static Optional<SubAccountId> subAccount(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.OfSubAccount e -> Optional.of(e.subAccount());
      case LedgerEvent.DiscrepancyFound e -> e.subAccount();
      case LedgerEvent.FundsDeposited _, LedgerEvent.FundsWithdrawn _, LedgerEvent.LedgerClosed _,
          LedgerEvent.LedgerOpenedFromSnapshot _, LedgerEvent.LedgerRestated _, LedgerEvent.LedgerRewound _,
          LedgerEvent.DiscrepancyResolved _ -> Optional.empty();
    };
  }

  /** The amount transferred or requested as a refund. */
  static Optional<Neuron> amount(LedgerEvent event) {
    return switch (event) {
      case LedgerEvent.FundsDeposited e -> Optional.of(e.amount());
      case LedgerEvent.FundsTransferred e -> Optional.of(e.amount());
      case LedgerEvent.RefundRequested e -> Optional.of(e.amount());
      case LedgerEvent.RefundClaimable e -> Optional.of(e.amount());
      case LedgerEvent.RefundRelocked e -> Optional.of(e.amount());
      case LedgerEvent.RefundsCompleted e -> Optional.of(e.amount());
      case LedgerEvent.FeesSettled e -> Optional.of(e.amount());
      case LedgerEvent.FundsWithdrawn e -> Optional.of(e.amount());
      case LedgerEvent.SettlementRejected _, LedgerEvent.SubAccountClosed _, LedgerEvent.LedgerClosed _,
          LedgerEvent.ProviderAcknowledged _, LedgerEvent.LedgerOpenedFromSnapshot _, LedgerEvent.LedgerRestated _,
          LedgerEvent.LedgerRewound _, LedgerEvent.DiscrepancyFound _,
          LedgerEvent.DiscrepancyResolved _ -> Optional.empty();
    };
  }
}
