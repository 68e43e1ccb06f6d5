package io.neuronledger.foundation.access.caller;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a credential is good for. No scope contains another one. */
public enum Scope {
  /** Reads the balances, journals and usage of all owners. */
  LEDGER_READ,
  /** The same of one owner, to whom the credential is bound. */
  LEDGER_READ_OWN,
  /** Reports the usage of one provider, to whom the credential is bound. */
  USAGE_WRITE,
  /** Reads settlements, discrepancies, reconciliations and reports. */
  FINANCE_READ,
  /** Decides about discrepancies. */
  FINANCE_WRITE,
  /** Reads the metrics and the details of health. */
  METRICS_READ,
  /** Runs and repairs the services; reads no money. */
  ADMIN,
  /** Reads who has asked for what belongs to finance and to administrators. */
  ACCESS_LOG_READ("access-log:read"),
  /** Receives the events of all owners over HTTP; subscribers of Kafka are known by their principal. */
  EVENTS_SUBSCRIBE;

  private static final Map<String, Scope> BY_TAG =
      Stream.of(values()).collect(Collectors.toUnmodifiableMap(Scope::tag, Function.identity()));

  private final String tag;

  Scope() {
    tag = name().toLowerCase(Locale.ROOT).replace('_', ':');
  }

  Scope(String tag) {
    this.tag = tag;
  }

  /** The published word, such as {@code ledger:read:own}. */
  @JsonValue
  public String tag() {
    return tag;
  }

  /** @throws IllegalArgumentException unless it is a published word */
  @JsonCreator
  public static Scope of(String tag) {
    return find(tag).orElseThrow(() -> new IllegalArgumentException("not a scope: " + tag));
  }

  /** The scope of a published word; empty for any other word. */
  public static Optional<Scope> find(String tag) {
    return Optional.ofNullable(BY_TAG.get(tag));
  }
}
