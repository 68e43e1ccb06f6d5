package io.neuronledger.foundation.access;

import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Verifies credentials: that of each request, and that of an answer that lasts again, because a credential expires or
 * is revoked meanwhile.
 */
public final class CredentialCheck {
  private final Function<BearerTokenAuthenticationToken, Authentication> verify;
  private final AuthenticationConverter converter;

  /**
   * @param verify throws an {@link AuthenticationException} for what is no good credential
   * @param converter finds the credential of a request
   */
  CredentialCheck(Function<BearerTokenAuthenticationToken, Authentication> verify, AuthenticationConverter converter) {
    this.verify = verify;
    this.converter = converter;
  }

  Authentication verify(BearerTokenAuthenticationToken credential) {
    return verify.apply(credential);
  }

  AuthenticationConverter converter() {
    return converter;
  }

  /**
   * Why the credential of a request would be refused by now; empty while it is accepted, and is good for the same. A
   * service that asks for no credential refuses none. It may be asked on any thread, and often.
   *
   * @param caller as whom the credential was accepted
   */
  public Supplier<Optional<Refusal>> of(HttpServletRequest request, Caller caller) {
    return converter.convert(request) instanceof BearerTokenAuthenticationToken credential
        ? () -> refusal(credential, caller) : Optional::empty;
  }

  private Optional<Refusal> refusal(BearerTokenAuthenticationToken credential, Caller caller) {
    try {
      boolean isSame = verify.apply(credential) instanceof CallerAuthentication verified
          && verified.getPrincipal().equals(caller);
      return isSame ? Optional.empty() : Optional.of(new Refusal(ProblemCode.CREDENTIAL_INVALID,
          "what the credential is good for has changed"));
    } catch (AuthenticationException e) {
      return Optional.of(AccessProblems.refusal(e));
    }
  }
}
