package io.neuronledger.query.settlement.matching;

import io.neuronledger.query.settlement.matching.Matching.Fee;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** The requests after a key, in order, read in pieces, so no further than one piece beyond the settled total. */
final class UsageCursor implements Iterator<Fee> {
  static final UsageCursor NONE = new UsageCursor(List.of(), _ -> List.of());

  /** The number of requests in a piece. A piece with fewer is the last. */
  static final int PIECE = 256;

  private final Function<RequestKey, List<Fee>> next;
  private List<Fee> piece;
  private int read;

  /** @param next reads the piece after a request */
  UsageCursor(List<Fee> first, Function<RequestKey, List<Fee>> next) {
    this.piece = first;
    this.next = next;
  }

  @Override
  public boolean hasNext() {
    if (read == piece.size() && piece.size() >= PIECE) {
      piece = next.apply(piece.getLast().key());
      read = 0;
    }
    return read < piece.size();
  }

  @Override
  public Fee next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return piece.get(read++);
  }
}
