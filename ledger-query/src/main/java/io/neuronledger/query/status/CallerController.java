package io.neuronledger.query.status;

import io.neuronledger.contracts.view.operation.CallerView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerAuthentication;
import io.neuronledger.foundation.access.caller.Scope;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asks, as the credential of the request was verified? */
@RestController
class CallerController {
  @GetMapping(path = "/v1/caller", produces = MediaType.APPLICATION_JSON_VALUE)
  CallerView caller(CallerAuthentication verified) {
    Caller caller = verified.getPrincipal();
    return new CallerView(caller.subject(), kind(caller.credential()),
        caller.scopes().stream().sorted().map(Scope::tag).toList(), caller.owner(), caller.provider(),
        verified.endsAt());
  }

  private static CallerView.Credential kind(Caller.Credential credential) {
    return switch (credential) {
      case NONE -> CallerView.Credential.NONE;
      case OIDC_TOKEN -> CallerView.Credential.OIDC_TOKEN;
      case API_KEY -> CallerView.Credential.API_KEY;
      case WALLET_TOKEN -> CallerView.Credential.WALLET_TOKEN;
    };
  }
}
