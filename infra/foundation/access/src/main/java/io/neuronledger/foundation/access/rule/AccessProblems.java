package io.neuronledger.foundation.access.rule;

import io.neuronledger.foundation.access.key.ApiKeysUnknown;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers a request that is not allowed with a problem document, and with the challenge of RFC 6750. */
public final class AccessProblems {
  /** What a request without a good credential is answered with, in the header {@code WWW-Authenticate}. */
  public static final String CHALLENGE = "Bearer realm=\"neuron-ledger\"";

  private final HandlerExceptionResolver resolver;

  public AccessProblems(HandlerExceptionResolver resolver) {
    this.resolver = resolver;
  }

  /** There is no credential. */
  public void missing(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
    refuse(request, response, new Refusal(ProblemCode.CREDENTIAL_MISSING,
        "send a bearer token in the header Authorization"));
  }

  /** The credential is not valid, or it cannot be known whether it is. Not logged: anybody can send it. */
  public void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
    Refusal refusal = refusal(failure);
    if (refusal.code() == ProblemCode.CREDENTIAL_INVALID) {
      response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"invalid_token\"");
    }
    refuse(request, response, refusal);
  }

  /** What a credential that was not accepted is answered with. */
  public static Refusal refusal(AuthenticationException failure) {
    if (failure instanceof ApiKeysUnknown) {
      return new Refusal(ProblemCode.API_KEYS_UNKNOWN,
          "the service has not heard of the API keys for 30 seconds or more, so it cannot know which are valid");
    }
    return failure instanceof AuthenticationServiceException
        ? new Refusal(ProblemCode.CREDENTIAL_UNVERIFIABLE, "the keys of the tokens' issuer cannot be read at present")
        : new Refusal(ProblemCode.CREDENTIAL_INVALID,
            "the bearer token is malformed, expired, revoked, or not of this service's issuers and audience");
  }

  /** The credential is valid, but not good for this request. */
  public void forbidden(HttpServletRequest request, HttpServletResponse response, ProblemCode code) {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", error=\"insufficient_scope\"");
    refuse(request, response, new Refusal(code, "the scopes of the credential, and whom it is bound to, do not cover"
        + " this request"));
  }

  /** Answers with the problem, unless an answer has begun. */
  public void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal) {
    if (!response.isCommitted()) {
      resolver.resolveException(request, response, null, refusal);
    }
  }
}
