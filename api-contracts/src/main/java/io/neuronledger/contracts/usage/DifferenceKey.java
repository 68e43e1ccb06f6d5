package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.SubAccountId;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key of a difference between settled and reported usage, the same for as long as the difference exists. Its amount
 * may change: a resolution names both.
 *
 * @param settlement the settlement with the difference; absent where usage waits for a settlement
 */
public record DifferenceKey(Kind kind, Optional<SettlementId> settlement, SubAccountId subAccount) {
  private static final String SEPARATOR = ":";

  /** The kind of difference. */
  public enum Kind {
    /** The settled total ends inside a request; the amount is the part of that request before the end. */
    BOUNDARY("settlement-boundary"),
    /** The settlement takes more than was reported by then; the amount is the excess. */
    UNREPORTED("settlement-unreported"),
    /** Usage has been unsettled for longer than the provider's interval; the amount is its unsettled part. */
    OVERDUE("usage-overdue");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** @throws IllegalArgumentException for another word */
    public static Kind of(String word) {
      return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst()
          .orElseThrow(() -> new IllegalArgumentException("not a kind of difference: " + Excerpt.of(word)));
    }

    /** The first word of a key. */
    @JsonValue
    public String word() {
      return word;
    }
  }

  public DifferenceKey {
    if (settlement.isEmpty() != (kind == Kind.OVERDUE)) {
      throw new IllegalArgumentException("a key of kind " + kind.word + " with settlement " + settlement);
    }
  }

  public static DifferenceKey overdue(SubAccountId subAccount) {
    return new DifferenceKey(Kind.OVERDUE, Optional.empty(), subAccount);
  }

  /** Whether {@code text} begins like a key of a difference; it may still be invalid. */
  public static boolean looksLike(String text) {
    return Arrays.stream(Kind.values()).anyMatch(kind -> text.startsWith(kind.word + SEPARATOR));
  }

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static DifferenceKey parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.word + SEPARATOR)) {
        String rest = text.substring(kind.word.length() + SEPARATOR.length());
        if (kind == Kind.OVERDUE) {
          return overdue(SubAccountId.parse(rest));
        }
        int end = rest.indexOf(SEPARATOR);
        if (end > 0) {
          return new DifferenceKey(kind, Optional.of(SettlementId.parse(rest.substring(0, end))),
              SubAccountId.parse(rest.substring(end + SEPARATOR.length())));
        }
      }
    }
    throw new IllegalArgumentException("not the key of a difference: " + Excerpt.of(text));
  }

  /** {@code <kind>:[<settlement>:]sub-account:<owner>:<provider>:<service>}. */
  @JsonValue
  @Override
  public String toString() {
    return kind.word + SEPARATOR + settlement.map(id -> id + SEPARATOR).orElse("") + subAccount;
  }
}
