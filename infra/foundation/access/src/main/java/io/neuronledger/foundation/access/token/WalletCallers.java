package io.neuronledger.foundation.access.token;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import java.util.EnumSet;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;

/** The caller of a wallet's verified token: the owner of its own ledger, whatever else the token may name. */
final class WalletCallers implements Converter<Jwt, CallerAuthentication> {
  private static final String SCOPE = "scope";

  /** @throws InvalidBearerTokenException unless the subject is an address and the scope is that of wallets */
  @Override
  public CallerAuthentication convert(Jwt token) {
    if (!Scope.LEDGER_READ_OWN.tag().equals(token.getClaims().get(SCOPE))) {
      throw new InvalidBearerTokenException("a wallet reads its own ledger, and nothing else");
    }
    try {
      WalletAddress wallet = new WalletAddress(Optional.ofNullable(token.getSubject()).orElse(""));
      return new CallerAuthentication(new Caller(wallet.value(), Caller.Credential.WALLET_TOKEN,
          EnumSet.of(Scope.LEDGER_READ_OWN), Optional.of(wallet), Optional.empty()),
          Optional.ofNullable(token.getExpiresAt()));
    } catch (IllegalArgumentException e) {
      throw new InvalidBearerTokenException("the subject is no wallet", e);
    }
  }
}
