package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a period report.
 *
 * @param provider none: all providers
 * @param bySubAccount true: a row per (provider, owner, service); false: a row per provider
 * @param knownAt as it was known at the end of this day, UTC; empty: as it is known now
 */
public record PeriodFilter(Set<WalletAddress> provider, Period period, boolean bySubAccount,
    Optional<LocalDate> knownAt) {
  /** The name of the parameter {@code knownAt}, which statements have too. */
  public static final String KNOWN_AT = "known_at";
  public static final Parameters<PeriodFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<PeriodFilter> type() {
      return PeriodFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("provider", "start_date", "end_date", "by", KNOWN_AT);
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("provider");
    }

    @Override
    public PeriodFilter read(RequestValues given) {
      return new PeriodFilter(given.addresses("provider"), Period.read(given),
          given.value("by", PeriodFilter::isBySubAccount).orElse(false), knownAt(given));
    }
  };

  private static final String BY_PROVIDER = "provider";
  private static final String BY_SUB_ACCOUNT = "sub-account";

  /** As it is known now. */
  public PeriodFilter(Set<WalletAddress> provider, Period period, boolean bySubAccount) {
    this(provider, period, bySubAccount, Optional.empty());
  }

  /** @throws Refusal for anything but a day */
  public static Optional<LocalDate> knownAt(RequestValues given) {
    return given.value(KNOWN_AT, Period::day);
  }

  private static Boolean isBySubAccount(String text) {
    return switch (text) {
      case BY_SUB_ACCOUNT -> true;
      case BY_PROVIDER -> false;
      default -> throw new IllegalArgumentException("provider or sub-account");
    };
  }

  /** The value of the parameter {@code by}. */
  String by() {
    return bySubAccount ? BY_SUB_ACCOUNT : BY_PROVIDER;
  }
}
