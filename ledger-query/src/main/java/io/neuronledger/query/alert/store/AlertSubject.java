package io.neuronledger.query.alert.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.alert.AlertView;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** Of the key, as it is stored: names may be longer than what a row of an index holds. */
  public String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
