package io.neuronledger.query.usage;

import io.neuronledger.contracts.usage.ApiKeyId;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.Period;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;

/**
 * The account and the filter of its requests, in the Router's parameters. The Router identifies the account by its key.
 * This service has no keys: the caller names the wallet by the parameter {@code address} or the header
 * {@code X-Account-Address}.
 */
public record AccountFilter(WalletAddress address, UsageFilter requests) {
  public static final Parameters<AccountFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<AccountFilter> type() {
      return AccountFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("address", "api_key_id", "source", "start_date", "end_date");
    }

    @Override
    public Set<String> repeatable() {
      return Set.of("api_key_id", "source");
    }

    @Override
    public AccountFilter read(RequestValues given) {
      return new AccountFilter(addressOf(given), new UsageFilter(Set.of(), Set.of(), Set.of(),
          given.values("source", UsageSource::of), given.values("api_key_id", ApiKeyId::of), Period.read(given)));
    }
  };

  private static final String HEADER = "X-Account-Address";

  private static WalletAddress addressOf(RequestValues given) {
    Optional<WalletAddress> parameter = given.address("address");
    Optional<WalletAddress> header = given.addressHeader(HEADER);
    if (parameter.isPresent() && header.isPresent() && !parameter.equals(header)) {
      throw new Refusal(ProblemCode.CONFLICTING_PARAMETERS, "the parameter address and the header " + HEADER
          + " name two accounts");
    }
    return parameter.or(() -> header).orElseThrow(() -> Refusal.parameter(ProblemCode.ACCOUNT_NOT_NAMED, "address",
        "name the wallet by the parameter address or the header " + HEADER));
  }
}
