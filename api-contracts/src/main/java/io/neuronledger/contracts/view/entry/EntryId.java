package io.neuronledger.contracts.view.entry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an entry of a journal: the place of its account event in its topic, and of a usage report its place in the
 * event, which may have several. A rebuild gives it the same one. The order of an owner's ids is that of its journal.
 *
 * @param partition from 0
 * @param seq the number of the account event in its partition, from 0
 * @param report the number of the report in its event, from 0 to 499; only of an accepted usage report
 */
public record EntryId(int partition, long seq, OptionalInt report) implements Comparable<EntryId> {
  private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,8})-(0|[1-9]\\d{0,17})(?:-(0|[1-9]\\d{0,2}))?");
  private static final Comparator<EntryId> ORDER = Comparator.comparingInt(EntryId::partition)
      .thenComparingLong(EntryId::seq).thenComparingInt(id -> id.report.orElse(0));

  /** The id of an entry that is all of its event. */
  public EntryId(int partition, long seq) {
    this(partition, seq, OptionalInt.empty());
  }

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static EntryId parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException("not an entry: " + Excerpt.of(text));
    }
    return new EntryId(Integer.parseInt(part.group(1)), Long.parseLong(part.group(2)),
        Optional.ofNullable(part.group(3)).map(Integer::parseInt).map(OptionalInt::of).orElse(OptionalInt.empty()));
  }

  @Override
  public int compareTo(EntryId other) {
    return ORDER.compare(this, other);
  }

  /** {@code <partition>-<seq>[-<report>]}. */
  @JsonValue
  @Override
  public String toString() {
    return partition + "-" + seq + (report.isPresent() ? "-" + report.getAsInt() : "");
  }
}
