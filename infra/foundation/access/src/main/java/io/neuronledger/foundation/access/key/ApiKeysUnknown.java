package io.neuronledger.foundation.access.key;

import org.springframework.security.authentication.AuthenticationServiceException;

/**
 * The keys were not heard of for too long, or one of them not at all or not in a form that can be read: it may have
 * been made or revoked meanwhile, so there is no verdict.
 */
public final class ApiKeysUnknown extends AuthenticationServiceException {
  private static final long serialVersionUID = 1L;

  ApiKeysUnknown() {
    super("there is no news of the API keys");
  }
}
