package io.neuronledger.cli.stack.issuer;

import java.util.List;

/** The clients that an issuer knows. */
record IssuerClients(List<IssuerClient> clients) {
  IssuerClients {
    clients = List.copyOf(clients);
  }
}
