package io.neuronledger.foundation.access.caller;

import java.io.Serial;
import java.time.Instant;
import java.util.Optional;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A verified caller as Spring Security's authentication. The credential itself is not kept. */
public final class CallerAuthentication extends AbstractAuthenticationToken {
  @Serial
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;
  private final transient Optional<Instant> endsAt;

  /** @param endsAt the first instant at which the credential is not good, as it says itself; empty: it does not end */
  public CallerAuthentication(Caller caller, Optional<Instant> endsAt) {
    super(caller.scopes().stream().map(scope -> new SimpleGrantedAuthority(scope.tag())).toList());
    this.caller = caller;
    this.endsAt = endsAt;
    setAuthenticated(true);
  }

  @Override
  public Caller getPrincipal() {
    return caller;
  }

  /** The first instant at which the credential is not good, unless it is revoked before; empty: it does not end. */
  public Optional<Instant> endsAt() {
    return endsAt;
  }

  @Override
  public String getName() {
    return caller.subject();
  }

  @Override
  public Object getCredentials() {
    return "";
  }
}
