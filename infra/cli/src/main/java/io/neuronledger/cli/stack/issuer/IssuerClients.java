package io.neuronledger.cli.stack.issuer;

import io.neuronledger.foundation.access.caller.Scope;
import java.util.List;

/** The clients that an issuer knows by their secrets. */
record IssuerClients(List<IssuerClient> clients) {
  IssuerClients {
    clients = List.copyOf(clients);
  }

  /** The roles of the tokens of a client, whether it gets them itself or by a code. */
  List<String> roles(String id) {
    return clients.stream().filter(each -> each.id().equals(id)).flatMap(each -> each.scopes().stream())
        .map(Scope::tag).sorted().toList();
  }
}
