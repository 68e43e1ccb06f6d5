package io.neuronledger.contracts.view.entry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an entry of a journal: the place of its account event in its topic. A rebuild gives it the same one.
 *
 * @param partition from 0
 * @param seq the number of the account event in its partition, from 0
 */
public record EntryId(int partition, long seq) {
  private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,8})-(0|[1-9]\\d{0,17})");

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static EntryId parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException("not an entry: " + Excerpt.of(text));
    }
    return new EntryId(Integer.parseInt(part.group(1)), Long.parseLong(part.group(2)));
  }

  /** {@code <partition>-<seq>}. */
  @JsonValue
  @Override
  public String toString() {
    return partition + "-" + seq;
  }
}
