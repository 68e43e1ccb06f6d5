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
 */
public record UsageEntry(RequestId requestId, WalletAddress owner, WalletAddress provider, ServiceName service,
    ModelName model, UsageSource source, Optional<ApiKeyId> apiKeyId, Units units, Neuron fee, Instant when,
    Instant recordedAt) {}
