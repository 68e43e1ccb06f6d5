package io.neuronledger.wallet.funding;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which sub-accounts are kept funded, on which chain.
 *
 * @param chainId the only chain that is signed for
 * @param contract the only contract that is called
 * @param confirmations how many blocks come after the wallet's last transaction before the next one is signed: no
 *     fork that is deeper is reckoned with; 0 to 1,000
 * @param failuresMax after so many failures in a row the command ends; 1 or more
 * @param gasPriceMax the most of one unit of gas at which a transfer whose price has become too low is signed again;
 *     empty where it waits on
 * @param rules in the order in which they are served; at least one, and one for a sub-account
 */
public record FundingPolicy(long chainId, WalletAddress contract, int confirmations, int failuresMax,
    Optional<Neuron> gasPriceMax, List<FundingRule> rules) {
  private static final int CONFIRMATIONS_MAX = 1_000;
  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
          DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** @throws IllegalArgumentException without a rule, or for two of one sub-account */
  public FundingPolicy {
    rules = List.copyOf(rules);
    if (chainId < 1) {
      throw new IllegalArgumentException("chain_id is 1 or more, not " + chainId);
    }
    if (confirmations < 0 || confirmations > CONFIRMATIONS_MAX) {
      throw new IllegalArgumentException("confirmations is 0 to " + CONFIRMATIONS_MAX + ", not " + confirmations);
    }
    if (failuresMax < 1) {
      throw new IllegalArgumentException("failures_max is 1 or more, not " + failuresMax);
    }
    if (rules.isEmpty()) {
      throw new IllegalArgumentException("fundings has no sub-account");
    }
    Set<String> seen = new HashSet<>();
    for (FundingRule rule : rules) {
      if (!seen.add(rule.shown())) {
        throw new IllegalArgumentException("fundings has the sub-account with " + rule.shown() + " twice");
      }
    }
  }

  /** As it is written. */
  private record Form(@Nullable Long chainId, @Nullable String contract, @Nullable Integer confirmations,
      @Nullable Integer failuresMax, @Nullable String maxGasPrice, @Nullable List<RuleForm> fundings) {}

  /** Amounts are texts in 0G. */
  private record RuleForm(@Nullable String provider, @Nullable String service, @Nullable String threshold,
      @Nullable String target, @Nullable String interval, @Nullable String capPerDay, @Nullable String capInAll,
      @Nullable String since, @Nullable Boolean allowUndoRefund) {
    FundingRule rule() {
      return new FundingRule(WalletAddress.typed(required("provider", provider)),
          ServiceName.typed(required("service", service)), amount("threshold", threshold), amount("target", target),
          time("interval", () -> Duration.parse(required("interval", interval))), amount("cap_per_day", capPerDay),
          amount("cap_in_all", capInAll),
          Optional.ofNullable(since).map(day -> time("since", () -> LocalDate.parse(day))),
          Boolean.TRUE.equals(allowUndoRefund));
    }
  }

  /**
   * Reads the policy's JSON, strictly.
   *
   * @throws IllegalArgumentException for a field that is missing, unknown, twice there or wrong
   */
  public static FundingPolicy read(String json) {
    Form form;
    try {
      form = Optional.ofNullable(JSON.readValue(json, Form.class))
          .orElseThrow(() -> new IllegalArgumentException("it is null"));
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage() + (e.getLocation() == null ? ""
          : ", in line " + e.getLocation().getLineNr()), e);
    }
    try {
      return new FundingPolicy(required("chain_id", form.chainId()),
          WalletAddress.typed(required("contract", form.contract())), required("confirmations", form.confirmations()),
          required("failures_max", form.failuresMax()),
          Optional.ofNullable(form.maxGasPrice()).map(FundingPolicy::gasPrice),
          required("fundings", form.fundings()).stream()
              .map(each -> required("fundings", each).rule()).toList());
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  private static Neuron gasPrice(String typed) {
    if (!typed.matches("[1-9]\\d{0,30}")) {
      throw new IllegalArgumentException("max_gas_price is a price of one unit of gas in neuron, digits");
    }
    return Neuron.parse(typed);
  }

  private static Neuron amount(String field, @Nullable String value) {
    String text = required(field, value);
    if (!text.matches("\\d{1,60}(\\.\\d{1,18})?")) {
      throw new IllegalArgumentException(field + " is an amount of 0G, digits with at most 18 decimals");
    }
    return Neuron.ofZeroG(text);
  }

  private static <T> T time(String field, Supplier<T> read) {
    try {
      return read.get();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(field + " is "
          + (field.equals("interval") ? "a duration, PT5M for example" : "a date, 2026-11-01 for example"), e);
    }
  }
}
