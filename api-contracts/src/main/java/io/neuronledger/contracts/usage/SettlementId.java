package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Excerpt;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permanent id of one owner's item of a provider's batch: its position on the chain and its branch. A
 * transaction mined again on another branch makes another settlement.
 *
 * @param branch the indexer's fork counter there
 */
public record SettlementId(ChainPosition position, int branch) implements Comparable<SettlementId> {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})-(\\d{1,9})-(\\d{1,9})-(\\d{1,9})");

  private static final Comparator<SettlementId> ORDER =
      Comparator.comparing(SettlementId::position).thenComparingInt(SettlementId::branch);

  public SettlementId {
    if (branch < 0) {
      throw new IllegalArgumentException("a negative branch");
    }
  }

  /** @throws IllegalArgumentException unless it has the form of {@link #toString} */
  @JsonCreator
  public static SettlementId parse(String text) {
    Matcher part = FORM.matcher(text);
    if (!part.matches()) {
      throw new IllegalArgumentException("not a settlement: " + Excerpt.of(text));
    }
    ChainPosition position = new ChainPosition(
        Long.parseLong(part.group(1)), Integer.parseInt(part.group(2)), Integer.parseInt(part.group(3)));
    return new SettlementId(position, Integer.parseInt(part.group(4)));
  }

  @Override
  public int compareTo(SettlementId other) {
    return ORDER.compare(this, other);
  }

  /** {@code <block>-<transaction>-<step>-<branch>}. */
  @JsonValue
  @Override
  public String toString() {
    return position.block() + "-" + position.transaction() + "-" + position.step() + "-" + branch;
  }
}
