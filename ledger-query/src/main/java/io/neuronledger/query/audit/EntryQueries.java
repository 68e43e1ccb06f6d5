package io.neuronledger.query.audit;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.audit.journal.JournalLines;
import io.neuronledger.query.audit.journal.JournalSource;
import io.neuronledger.query.audit.journal.LinePlace;
import io.neuronledger.query.audit.journal.OffChainLines;
import io.neuronledger.query.audit.journal.SeqIndex;
import io.neuronledger.query.problem.BadCursor;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads pages of an owner's journal: its sources are read along their indexes, and merged. A page looks at a bounded
 * number of lines of each: where few of them match, it ends before it is full, and its cursor goes on from there.
 */
final class EntryQueries {
  private static final String LIST = "entries3";
  private static final int CURSOR_PARTS = 4;
  private static final Pattern SEQ = Pattern.compile("\\d{1,18}");
  private static final Pattern LINE = Pattern.compile("\\d{1,3}");
  private static final String QUERY_CANCELED = "57014";
  /** Of the entries, and of each kind of line from off chain, beside what a full page needs. */
  private static final int SCANNED_MAX = 5_000;

  private final EntryReader reader;
  private final int scannedMax;

  EntryQueries(JsonMapper json) {
    this(json, SCANNED_MAX);
  }

  /** @param scannedMax how many lines of a kind a page looks at, beside what a full page needs; above zero */
  EntryQueries(JsonMapper json, int scannedMax) {
    this.reader = new EntryReader(json);
    this.scannedMax = scannedMax;
  }

  /** @throws Refusal if the owner has no entries at all, or the cursor is of another journal or order */
  EntriesPage page(WalletAddress owner, EntryFilter filter, EntryOrder order, Page page, ReadPoint at, DSLContext db) {
    Optional<LinePlace> after = after(owner, order, page);
    SeqIndex.avoidSorts(db);
    OffChainLines offChain = new OffChainLines(owner, at, db);
    if (after.isEmpty()) {
      requireEntries(owner, offChain, at, db);
    }
    List<JournalSource> ofChain = new EntryStreams(owner, reader, db).of(filter, at);
    List<JournalSource> sources = Stream.concat(ofChain.stream(), offChain.sources(filter).stream()).toList();
    int many = page.limit() + 1;
    JournalLines found = new JournalLines(order.ascending());
    ofChain.forEach(source ->
        found.add(source.after(after, order.ascending(), many, Math.max(many, scannedMax / ofChain.size()), db)));
    sources.stream().skip(ofChain.size()).forEach(source ->
        found.add(source.after(after, order.ascending(), many, Math.max(many, scannedMax), db)));
    Optional<LinePlace> end = found.end(page.limit());
    return new EntriesPage(at.asOf(), at.quarantined(), owner, found.first(page.limit()),
        order.count() ? OptionalLong.of(count(sources, db)) : OptionalLong.empty(), end.isPresent(),
        end.map(place -> Page.cursor(LIST, owner.value(), order.word(), String.valueOf(place.seq()),
            String.valueOf(place.line()))));
  }

  private static Optional<LinePlace> after(WalletAddress owner, EntryOrder order, Page page) {
    return page.after(LIST, CURSOR_PARTS).map(parts -> {
      if (!parts.get(0).equals(owner.value()) || !parts.get(1).equals(order.word())
          || !SEQ.matcher(parts.get(2)).matches() || !LINE.matcher(parts.get(3)).matches()) {
        throw new BadCursor("journal in the same order");
      }
      return new LinePlace(Long.parseLong(parts.get(2)), Integer.parseInt(parts.get(3)));
    });
  }

  private void requireEntries(WalletAddress owner, OffChainLines offChain, ReadPoint at, DSLContext db) {
    EntryFilter all = EntryFilter.all();
    boolean isEmpty = Stream.concat(new EntryStreams(owner, reader, db).of(all, at).stream(),
        offChain.sources(all).stream()).allMatch(source -> source.isEmpty(db));
    if (isEmpty) {
      throw Refusal.at(at.asOf(), ProblemCode.LEDGER_NOT_FOUND,
          owner + " has no entries up to block " + at.block());
    }
  }

  private static long count(List<JournalSource> sources, DSLContext db) {
    try {
      return sources.stream().mapToLong(source -> source.count(db)).sum();
    } catch (DataAccessException e) {
      if (e.sqlState().equals(QUERY_CANCELED)) {
        throw new Refusal(ProblemCode.DEADLINE_EXCEEDED,
            "counting took too long: ask for a shorter period or a narrower filter, or without count");
      }
      throw e;
    }
  }
}
