package io.neuronledger.query.audit.journal;

import io.neuronledger.contracts.event.Cause;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.value.Excerpt;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** How the cause of an entry is known. */
public enum EvidenceKind {
  LOG, TRANSACTION, TRACE, SNAPSHOT, UNEXPLAINED, UNVERIFIED,
  /** The passing of block time was the cause. */
  NONE;

  public static EvidenceKind of(Cause cause) {
    return cause.evidence().map(EvidenceKind::of).orElse(NONE);
  }

  private static EvidenceKind of(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Log _ -> LOG;
      case Evidence.Transaction _ -> TRANSACTION;
      case Evidence.Trace _ -> TRACE;
      case Evidence.Snapshot _ -> SNAPSHOT;
      case Evidence.Unexplained _ -> UNEXPLAINED;
      case Evidence.Unverified _ -> UNVERIFIED;
    };
  }

  /** @throws IllegalArgumentException for another word */
  static EvidenceKind of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst()
        .orElseThrow(() -> new IllegalArgumentException("not a kind of evidence: " + Excerpt.of(word) + "; known: "
            + Arrays.stream(values()).map(EvidenceKind::word).collect(Collectors.joining(", "))));
  }

  /** The word of the API and of the stored entry, which has none for {@link #NONE}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether few entries have it, so that an index of their own leads to them. */
  public boolean isRare() {
    return this == SNAPSHOT || this == UNEXPLAINED || this == UNVERIFIED;
  }

  /** The words of the rare kinds, as the partial index has them. */
  public static List<Field<String>> rareWords() {
    return Arrays.stream(values()).filter(EvidenceKind::isRare).map(EvidenceKind::word)
        .<Field<String>>map(DSL::inline).toList();
  }
}
