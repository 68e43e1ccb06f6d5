package io.neuronledger.query.audit.journal;

import io.neuronledger.contracts.view.entry.EntryView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Merges the lines of several sources to those of a page: up to where each of them was looked at. */
public final class JournalLines {
  private final boolean ascending;
  private final List<EntryView> lines = new ArrayList<>();
  private OptionalLong end = OptionalLong.empty();

  public JournalLines(boolean ascending) {
    this.ascending = ascending;
  }

  /** Adds the lines of a source, all of them after the same place. */
  public void add(JournalSource.Lines found) {
    lines.addAll(found.lines());
    found.end().ifPresent(seq -> end = OptionalLong.of(isBefore(seq) ? seq : end.getAsLong()));
  }

  private boolean isBefore(long seq) {
    return end.isEmpty() || (ascending ? seq < end.getAsLong() : seq > end.getAsLong());
  }

  /** The first {@code limit} lines in the order of the journal; fewer where not every source was looked at so far. */
  public List<EntryView> first(int limit) {
    return known().stream().limit(limit).toList();
  }

  /** The place after which there may be more; absent where these are all. */
  public Optional<LinePlace> end(int limit) {
    List<EntryView> known = known();
    if (known.size() > limit) {
      return Optional.of(LinePlace.of(known.get(limit - 1).id()));
    }
    return end.isEmpty() ? Optional.empty() : Optional.of(LinePlace.after(end.getAsLong(), ascending));
  }

  private List<EntryView> known() {
    Comparator<EntryView> order = Comparator.comparing(EntryView::id);
    return lines.stream().filter(line -> end.isEmpty() || line.id().seq() == end.getAsLong()
        || isBefore(line.id().seq())).sorted(ascending ? order : order.reversed()).toList();
  }
}
