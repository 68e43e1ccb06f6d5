package io.neuronledger.foundation.access.caller;

import java.io.Serial;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/** A verified caller as Spring Security's authentication. The credential itself is not kept. */
public final class CallerAuthentication extends AbstractAuthenticationToken {
  @Serial
  private static final long serialVersionUID = 1L;

  private final transient Caller caller;

  public CallerAuthentication(Caller caller) {
    super(caller.scopes().stream().map(scope -> new SimpleGrantedAuthority(scope.tag())).toList());
    this.caller = caller;
    setAuthenticated(true);
  }

  @Override
  public Caller getPrincipal() {
    return caller;
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
