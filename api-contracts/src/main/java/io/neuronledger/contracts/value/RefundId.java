package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permanent id of one refund request: position and branch of its chain event. A transaction mined again on another
 * branch makes another refund.
 *
 * @param position the position of the request
 * @param branch the indexer's fork counter there
 * @param ordinal distinguishes the refunds of one event (a state read from the chain); otherwise 0
 */
public record RefundId(ChainPosition position, int branch, int ordinal) implements Comparable<RefundId> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,19})-(\\d{1,10})-(\\d{1,10})-(\\d{1,10})-(\\d{1,10})");

  private static final Comparator<RefundId> ORDER = Comparator.comparing(RefundId::position)
      .thenComparingInt(RefundId::branch).thenComparingInt(RefundId::ordinal);

  public RefundId {
    if (branch < 0 || ordinal < 0) {
      throw new IllegalArgumentException("a negative branch or ordinal");
    }
  }

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static RefundId parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException("not a refund: " + Excerpt.of(text));
    }
    ChainPosition position = new ChainPosition(
        Long.parseLong(part.group(1)), Integer.parseInt(part.group(2)), Integer.parseInt(part.group(3)));
    return new RefundId(position, Integer.parseInt(part.group(4)), Integer.parseInt(part.group(5)));
  }

  @Override
  public int compareTo(RefundId other) {
    return ORDER.compare(this, other);
  }

  /** {@code <block>-<transaction>-<step>-<branch>-<ordinal>}. */
  @JsonValue
  @Override
  public String toString() {
    return position.block() + "-" + position.transaction() + "-" + position.step() + "-" + branch + "-" + ordinal;
  }
}
