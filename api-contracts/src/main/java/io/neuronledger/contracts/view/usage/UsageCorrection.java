package io.neuronledger.contracts.view.usage;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.Optional;

/**
 * A correction of a usage report, as it is stored.
 *
 * @param requestId of the report that counts no longer
 * @param replacedBy the request id of the report that counts instead; absent if the report has no replacement
 * @param by the caller who corrected it
 * @param at the time by the service's clock
 * @param token a read with it sees the correction
 */
public record UsageCorrection(RequestId requestId, WalletAddress owner, WalletAddress provider, ServiceName service,
    Optional<RequestId> replacedBy, String reason, String by, Instant at, WriteToken token) {}
