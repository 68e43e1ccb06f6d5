package io.neuronledger.contracts.view.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * One served request, as reported.
 *
 * @param pricing whether the units have the prices whose sum the fee is
 * @param when the time of completion, by the reporter's clock
 * @param recordedAt the time of acceptance, by the service's clock
 * @param replaces the request id of the wrong report that this one replaces, of the same provider
 * @param state only a counted request is in sums, and covered by settlements
 * @param setApart why it is set apart; absent in the other states
 * @param reversal how it was reversed; absent in the other states
 */
public record UsageEntry(RequestId requestId, WalletAddress owner, WalletAddress provider, ServiceName service,
    ModelName model, UsageSource source, Optional<ApiKeyId> apiKeyId, Units units, Units.Pricing pricing, Neuron fee,
    Instant when, Instant recordedAt, Optional<RequestId> replaces, UsageState state, Optional<SetApart> setApart,
    Optional<Reversal> reversal) {
  /** This request as before its reversal. */
  public UsageEntry unreversed() {
    return new UsageEntry(requestId, owner, provider, service, model, source, apiKeyId, units, pricing, fee, when,
        recordedAt, replaces, setApart.isPresent() ? UsageState.SET_APART : UsageState.COUNTED, setApart,
        Optional.empty());
  }

  /**
   * @param reason as the caller gave it who corrected the report
   * @param replacedBy the request id of the report that counts instead; absent if there is none
   * @param by the subject of the credential of whoever corrected the report; for finance only, else absent
   * @param at the time by the service's clock
   */
  public record Reversal(String reason, Optional<RequestId> replacedBy, Optional<String> by, Instant at) {}

  /** Why a request is set apart. */
  public enum SetApart {
    /** No chain event has named the service. */
    @JsonProperty("service-unknown") SERVICE_UNKNOWN("service-unknown"),
    /** It was completed before the block in which the service was registered. */
    @JsonProperty("before-service") BEFORE_SERVICE("before-service");

    private final String word;

    SetApart(String word) {
      this.word = word;
    }

    /** The word in JSON and SQL. */
    public String word() {
      return word;
    }

    /** @throws IllegalArgumentException for another word */
    public static SetApart of(String word) {
      for (SetApart reason : values()) {
        if (reason.word.equals(word)) {
          return reason;
        }
      }
      throw new IllegalArgumentException("no reason to set a request apart: " + word);
    }
  }
}
