package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.request.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;

/**
 * A page of a list, as an export reads it.
 *
 * @param next the cursor of the next page; absent on the last one
 */
public record ExportedPage<T>(List<T> rows, Optional<String> next) {
  public ExportedPage {
    rows = List.copyOf(rows);
  }

  /** A list over many owners, page by page, in one transaction. */
  @FunctionalInterface
  public interface OfAll<T> {
    ExportedPage<T> read(Page page, AsOf asOf, DSLContext db);
  }

  /** A list of one owner, page by page, in one transaction. */
  @FunctionalInterface
  public interface OfOwner<T> {
    ExportedPage<T> read(Page page, ReadPoint at, DSLContext db);
  }

  /**
   * A report that hands out its rows as they are read.
   *
   * @param asOf of the report; one that was kept is older than the newest block
   */
  public record Report<T>(AsOf asOf, Consumer<Consumer<T>> rows) {}
}
