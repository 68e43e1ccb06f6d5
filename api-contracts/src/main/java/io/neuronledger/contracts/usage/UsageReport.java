package io.neuronledger.contracts.usage;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One served request, as the provider (or a router in its place) reports it. Accepted once per provider and request id;
 * a repeated report has no effect.
 *
 * @param owner the owner of the request
 * @param service the full registered name, at most 200 characters
 * @param fee must equal the fee of {@code units}, where they have prices
 * @param when the time of completion, see {@link UsageLine#when}; reports arrive late and in any order
 * @param apiKeyId the owner's API key that made it, where reported
 */
public record UsageReport(RequestId requestId, WalletAddress owner, WalletAddress provider, ServiceName service,
    ModelName model, Units units, Neuron fee, Instant when, UsageSource source, Optional<ApiKeyId> apiKeyId) {
  /** The most reports in one request. */
  public static final int BATCH_MAX = 1000;

  private static final int SERVICE_LENGTH_MAX = 200;

  public UsageReport {
    CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    if (service.value().length() > SERVICE_LENGTH_MAX || !utf8.canEncode(service.value())) {
      throw new IllegalArgumentException("service must be text of at most " + SERVICE_LENGTH_MAX + " characters");
    }
    when = new UsageLine(requestId, model, units, fee, when, source, apiKeyId, Optional.empty()).when();
  }

  /** The sub-account of the request. It need not exist yet. */
  public SubAccountId subAccount() {
    return new SubAccountId(owner, provider, service);
  }

  public UsageLine line() {
    return line(Optional.empty());
  }

  /** @param replaces the request id of the wrong report that this one replaces */
  public UsageLine line(Optional<RequestId> replaces) {
    return new UsageLine(requestId, model, units, fee, when, source, apiKeyId, replaces);
  }
}
