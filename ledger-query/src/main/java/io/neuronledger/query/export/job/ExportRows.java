package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Page;
import java.util.Optional;
import java.util.function.Function;

/** Takes the rows of an export while they are read. */
interface ExportRows {
  /** Takes none: it asks whether the list can be read, and looks at its first row. */
  ExportRows NONE = new ExportRows() {
    @Override
    public void begin(AsOf asOf) {}

    @Override
    public void requireWanted() {}

    @Override
    public void row(Object line) {}

    @Override
    public boolean wantsAll() {
      return false;
    }
  };

  /** Called once, before the first row. */
  void begin(AsOf asOf);

  /**
   * Called before each page, which may have no row.
   *
   * @throws Refusal if the export has no more time, or is wanted no more
   */
  void requireWanted();

  /** One line of the list. */
  void row(Object line);

  /** Whether all rows are wanted, or only to know that the first one can be read. */
  boolean wantsAll();

  /** Reads a list to its end, page by page. */
  default <T> void read(Function<Page, ExportedPage<T>> pages) {
    Optional<String> cursor = Optional.empty();
    do {
      requireWanted();
      ExportedPage<T> page = pages.apply(wantsAll() ? Page.ofExport(cursor) : Page.FIRST_LINE);
      page.rows().forEach(this::row);
      cursor = page.next();
    } while (wantsAll() && cursor.isPresent());
  }
}
