package io.neuronledger.query.alert.store;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertView;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an alert is about: a rule raises it once for each.
 *
 * @param object a refund, settlement, discrepancy or comparison, by its id
 */
public record AlertSubject(Optional<WalletAddress> owner, Optional<WalletAddress> provider,
    Optional<ServiceName> service, Optional<String> object) {
  /** Of what concerns the ledger as a whole. */
  public static final AlertSubject LEDGER =
      new AlertSubject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final String SEPARATOR = "|";

  public static AlertSubject of(WalletAddress owner) {
    return new AlertSubject(Optional.of(owner), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static AlertSubject of(AlertView alert) {
    return new AlertSubject(alert.owner(), alert.provider(), alert.service(), alert.subject());
  }

  /** The same for the same subject; an object has no separator. */
  public String key() {
    return Stream.of(owner.map(WalletAddress::value), provider.map(WalletAddress::value),
        service.map(ServiceName::value), object).map(each -> each.orElse("")).collect(Collectors.joining(SEPARATOR));
  }
}
