package io.neuronledger.contracts.view.usage;

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
 * @param when the time of completion, by the reporter's clock
 * @param recordedAt the time of acceptance, by the service's clock
 * @param replaces the request id of the wrong report that this one replaces, of the same provider
 * @param reversal how it was reversed: it is in no sum and covered by no settlement; absent while it counts
 */
public record UsageEntry(RequestId requestId, WalletAddress owner, WalletAddress provider, ServiceName service,
    ModelName model, UsageSource source, Optional<ApiKeyId> apiKeyId, Units units, Neuron fee, Instant when,
    Instant recordedAt, Optional<RequestId> replaces, Optional<Reversal> reversal) {
  /** This request as before its reversal. */
  public UsageEntry unreversed() {
    return new UsageEntry(requestId, owner, provider, service, model, source, apiKeyId, units, fee, when, recordedAt,
        replaces, Optional.empty());
  }

  /**
   * @param reason as the caller gave it who corrected the report
   * @param replacedBy the request id of the report that counts instead; absent if there is none
   * @param at the time by the service's clock
   */
  public record Reversal(String reason, Optional<RequestId> replacedBy, Instant at) {}
}
