package io.neuronledger.contracts.view.export;

import java.util.List;
import java.util.Optional;

/**
 * A page of a caller's own exports, newest first.
 *
 * @param hasMore whether there may be more, so that {@code nextCursor} is present
 * @param nextCursor the cursor of the next page; absent on the last page
 */
public record ExportsPage(List<ExportView> exports, boolean hasMore, Optional<String> nextCursor) {
  public ExportsPage {
    exports = List.copyOf(exports);
  }
}
