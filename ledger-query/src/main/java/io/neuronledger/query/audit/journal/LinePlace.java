package io.neuronledger.query.audit.journal;

import io.neuronledger.contracts.event.UsageEvent.UsageRecorded;
import io.neuronledger.contracts.view.entry.EntryId;

/**
 * A place in a journal, after which its next page begins.
 *
 * @param seq of an event
 * @param line of a report in its event; beyond all of them where the event is passed as a whole
 */
public record LinePlace(long seq, int line) {
  /** Of a line. */
  public static LinePlace of(EntryId id) {
    return new LinePlace(id.seq(), id.report().orElse(0));
  }

  /** After all lines of an event, in the order of the journal. */
  static LinePlace after(long seq, boolean ascending) {
    return new LinePlace(seq, ascending ? UsageRecorded.LINES_MAX : 0);
  }
}
