package io.neuronledger.query.audit.journal;

import io.neuronledger.contracts.event.AccountEvent;
import io.neuronledger.contracts.event.EventNames;
import io.neuronledger.contracts.event.LedgerEvent;
import io.neuronledger.foundation.partitionlog.StoredNames;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of a journal's entries: stored names of account events. */
public final class EntryTypes {
  private static final StoredNames NAMES = StoredNames.of(AccountEvent.class);

  /** The type that most entries of {@code entry} have; the index by type leaves it out. */
  public static final String FREQUENT = EventNames.FEES_SETTLED;

  private static final Set<String> OF_CHAIN =
      records(LedgerEvent.Posted.class).map(NAMES::nameOf).collect(Collectors.toUnmodifiableSet());

  /** All of them, in their order by letter. */
  static final SortedSet<String> ALL = Collections.unmodifiableSortedSet(Stream.concat(OF_CHAIN.stream(),
      Stream.of(EventNames.USAGE_RECORDED, EventNames.USAGE_REVERSED, EventNames.DISCREPANCY_RESOLVED,
          EventNames.DISCREPANCY_RESOLUTION_REVOKED, EventNames.DIFFERENCE_RESOLUTION_PROPOSED,
          EventNames.DIFFERENCE_RESOLVED, EventNames.DIFFERENCE_RESOLUTION_REVOKED))
      .collect(Collectors.toCollection(TreeSet::new)));

  private EntryTypes() {}

  private static Stream<Class<?>> records(Class<?> sealed) {
    return sealed.isRecord() ? Stream.of(sealed)
        : Arrays.stream(sealed.getPermittedSubclasses()).flatMap(EntryTypes::records);
  }

  /** Whether the chain causes the entries of the type: those of the table {@code entry}. */
  public static boolean isOfChain(String type) {
    return OF_CHAIN.contains(type);
  }

  /** The stored name of the event. */
  public static String of(LedgerEvent event) {
    return NAMES.nameOf(event.getClass());
  }
}
