package io.neuronledger.query.partition;

import io.neuronledger.contracts.topic.AccountRecord;
import io.neuronledger.query.partition.change.Partition;
import io.neuronledger.query.partition.change.Seal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Notes how far a partition was at the end of each day, UTC, by the times at which its records were recorded: before
 * the first record of a later day. A clock that goes back takes no record back.
 */
final class DayTracker {
  /** Later ones are no days that a request can name. */
  private static final Instant AFTER_ALL_DAYS = Instant.parse("9999-12-31T00:00:00Z");

  private final Partition before;
  private final List<DayEnd> ends = new ArrayList<>();
  private Optional<Partition.Day> newest;
  private Instant newestEnds;
  /** How many of {@link #ends} have a mark after them. */
  private int marked;
  private boolean storedLackMark;
  private Optional<Lacking> stored = Optional.empty();

  /**
   * The end of a day in a partition.
   *
   * @param day the last one that had ended; this holds for those before too that have no end of their own
   * @param then the partition before the first record of a later day
   * @param lacking of which not all records are before; empty until the next seal, where a retraction comes before it,
   *     and of the day before the first record
   */
  record DayEnd(LocalDate day, Partition then, Optional<Lacking> lacking) {}

  /**
   * The first block that a partition lacks.
   *
   * @param seq of its seal
   */
  record Lacking(long block, long seq) {}

  DayTracker(Partition before) {
    this.before = before;
    this.newest = before.day();
    this.newestEnds = before.day().map(day -> start(day.date().plusDays(1))).orElse(Instant.EPOCH);
    this.storedLackMark = before.day().filter(day -> before.markSeq() < day.seq()).isPresent();
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** @param then the partition before the record */
  void record(AccountRecord record, Supplier<Partition> then) {
    Instant at = record.recordedAt();
    if (at.isBefore(newestEnds) || !at.isBefore(AFTER_ALL_DAYS)) {
      return;
    }
    LocalDate date = LocalDate.ofInstant(at, ZoneOffset.UTC);
    ends.add(new DayEnd(date.minusDays(1), then.get(), Optional.empty()));
    newest = Optional.of(new Partition.Day(date, record.seq()));
    newestEnds = start(date.plusDays(1));
  }

  /**
   * A block was sealed.
   *
   * @param last the seal before; of the same block, the new one has what counts for the next block
   */
  void sealed(long block, long seq, Optional<Seal> last) {
    boolean again = last.filter(seal -> seal.block() == block).isPresent();
    mark(Optional.of(new Lacking(again ? block + 1 : block, seq)));
  }

  /** Blocks were retracted: the partition lacked nothing of them. */
  void retracted() {
    mark(Optional.empty());
  }

  private void mark(Optional<Lacking> lacking) {
    if (storedLackMark) {
      stored = lacking;
      storedLackMark = false;
    }
    for (; marked < ends.size(); marked++) {
      DayEnd end = ends.get(marked);
      if (end.then().nextSeq() > 0) {
        ends.set(marked, new DayEnd(end.day(), end.then(), lacking));
      }
    }
  }

  /** The newest day of which there is a record. */
  Optional<Partition.Day> newest() {
    return newest;
  }

  /** The days that ended in this batch. */
  List<DayEnd> ends() {
    return ends;
  }

  /** What the stored ends without a mark lack, if this batch knows it. */
  Optional<Lacking> stored() {
    return stored;
  }

  /** The partition's last mark before this batch: stored ends after it have no mark yet. */
  long markSeq() {
    return before.markSeq();
  }
}
