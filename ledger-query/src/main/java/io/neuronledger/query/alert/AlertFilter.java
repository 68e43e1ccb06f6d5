package io.neuronledger.query.alert;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertKind;
import io.neuronledger.contracts.view.alert.AlertType;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The filter of the list of alerts; no value does not filter.
 *
 * @param owner whom they are about
 * @param isActive only what was raised and holds, or only the others
 */
public record AlertFilter(Optional<WalletAddress> owner, Optional<UUID> rule, Set<AlertKind> kind, Set<AlertType> type,
    Optional<Boolean> isActive) {
  public static final Parameters<AlertFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<AlertFilter> type() {
      return AlertFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("owner", "rule", "kind", "type", "active");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("kind", "type");
    }

    @Override
    public AlertFilter read(RequestValues given) {
      return new AlertFilter(given.address("owner"), given.value("rule", AlertFilter::id),
          given.values("kind", AlertKind::of), given.values("type", AlertType::of),
          given.value("active", text -> text).map(_ -> given.flag("active")));
    }
  };

  private static UUID id(String text) {
    // UUID.fromString takes shorter texts too.
    if (!text.matches("(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new IllegalArgumentException("rule is the id of an alert rule");
    }
    return UUID.fromString(text);
  }
}
