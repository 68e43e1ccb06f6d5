package io.neuronledger.contracts.view.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a text names: exact matches only.
 *
 * @param q as it was given
 * @param hits none where nothing has this name; several where more than one thing has
 * @param hasMore whether there are more requests of this id than the 20 shown
 */
public record SearchAnswer(AsOf asOf, String q, List<Hit> hits, boolean hasMore) {
  public SearchAnswer {
    hits = List.copyOf(hits);
  }

  /**
   * One match.
   *
   * @param id its name, in the form that the API writes
   * @param path where this API answers with it
   * @param owner whose it is; absent where it is nobody's or several owners'
   */
  public record Hit(Kind type, String id, String path, Optional<WalletAddress> owner, Optional<WalletAddress> provider,
      Optional<ServiceName> service, OptionalLong block) {}

  /** What a match is. An owner with usage and without a ledger is {@code usage}. */
  public enum Kind {
    @JsonProperty("ledger") LEDGER,
    @JsonProperty("usage") USAGE,
    @JsonProperty("sub-account") SUB_ACCOUNT,
    @JsonProperty("provider") PROVIDER,
    @JsonProperty("transaction") TRANSACTION,
    @JsonProperty("block") BLOCK,
    @JsonProperty("entry") ENTRY,
    @JsonProperty("settlement") SETTLEMENT,
    @JsonProperty("request") REQUEST
  }
}
