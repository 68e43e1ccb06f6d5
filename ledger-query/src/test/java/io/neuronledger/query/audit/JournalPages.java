package io.neuronledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.entry.EntriesPage;
import io.neuronledger.contracts.view.entry.EntryView;
import io.neuronledger.query.audit.journal.EntryFilter;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.request.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal page by page. */
final class JournalPages {
  static final EntryOrder OLDEST_FIRST = new EntryOrder(true, false);

  private JournalPages() {}

  /** A page that looks at few entries beside those it needs, so that it often ends before it is full. */
  static EntriesPage page(QueryFixture fixture, WalletAddress owner, EntryFilter filter, EntryOrder order, int limit,
      Optional<String> cursor) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW, (at, db) -> new EntryQueries(QueryFixture.JSON, 1)
        .page(owner, filter, order, new Page(limit, cursor), at, db));
  }

  /** A page as the service answers it. */
  static EntriesPage asked(QueryFixture fixture, WalletAddress owner, EntryFilter filter, EntryOrder order, int limit,
      Optional<String> cursor) {
    return fixture.ownerReads().answer(owner, QueryFixture.NOW, (at, db) -> new EntryQueries(QueryFixture.JSON)
        .page(owner, filter, order, new Page(limit, cursor), at, db));
  }

  /** All pages; each of them keeps its promises. */
  static List<EntryView> all(QueryFixture fixture, WalletAddress owner, EntryFilter filter, EntryOrder order,
      int limit) {
    List<EntryView> all = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      EntriesPage page = page(fixture, owner, filter, order, limit, cursor);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
      assertThat(page.nextCursor().isPresent()).isEqualTo(page.hasMore());
      all.addAll(page.entries());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return all;
  }
}
