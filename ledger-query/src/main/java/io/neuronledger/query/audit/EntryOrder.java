package io.neuronledger.query.audit;

import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Set;

/**
 * How a journal is listed.
 *
 * @param ascending oldest first, and newest first otherwise
 * @param count whether to count all entries of the filter
 */
public record EntryOrder(boolean ascending, boolean count) {
  public static final Parameters<EntryOrder> PARAMETERS = new Parameters<>() {
    @Override
    public Class<EntryOrder> type() {
      return EntryOrder.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("order", "count");
    }

    @Override
    public EntryOrder read(RequestValues given) {
      return new EntryOrder(given.value("order", EntryOrder::isAscending).orElse(false), given.flag("count"));
    }
  };

  /** Newest first, not counted. */
  static final EntryOrder NEWEST_FIRST = new EntryOrder(false, false);

  private static boolean isAscending(String word) {
    return switch (word) {
      case "asc" -> true;
      case "desc" -> false;
      default -> throw new IllegalArgumentException("order is asc, oldest first, or desc, newest first");
    };
  }

  /** The word of the parameter. */
  String word() {
    return ascending ? "asc" : "desc";
  }
}
