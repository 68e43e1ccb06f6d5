package io.neuronledger.contracts.view.alert;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A rule of alerts. What a kind does not use is absent.
 *
 * @param owner whose rule it is, which is about this owner alone; absent for an operator's
 * @param owners whom it is about; empty: all
 * @param balance which one of a ledger is compared
 * @param threshold in neuron, above 0: below it an alert is raised
 * @param recoverAt in neuron, at least the threshold: from there on it recovers
 * @param provider at whom the sub-account is, or whose settlement it is; absent: any
 * @param service of which the sub-account or the settlement is; absent: any
 * @param forSeconds how long it must have held; of a runway, for how long the sub-account must last
 * @param blocks how many blocks the answers may lag
 * @param mutedUntil until when alerts are recorded and not sent; absent: they are sent
 * @param madeBy the subject of the credential
 */
public record AlertRuleView(UUID id, AlertKind kind, Optional<WalletAddress> owner, List<WalletAddress> owners,
    Optional<Balance> balance, Optional<String> threshold, Optional<String> recoverAt,
    Optional<WalletAddress> provider, Optional<ServiceName> service, Optional<Long> forSeconds, Optional<Long> blocks,
    boolean enabled, Optional<Instant> mutedUntil, String madeBy, Instant madeAt) {
  public AlertRuleView {
    owners = List.copyOf(owners);
  }

  /** A balance of a ledger. */
  public enum Balance {
    /** What is not set aside in sub-accounts. */
    @JsonProperty("available") AVAILABLE,
    /** What is available and what is set aside. */
    @JsonProperty("total") TOTAL
  }
}
