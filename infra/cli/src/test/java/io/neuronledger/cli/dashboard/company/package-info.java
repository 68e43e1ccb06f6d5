/** A company that runs a ledger-query of its own, with an OIDC issuer that knows its people and the dashboard. */
@NullMarked
package io.neuronledger.cli.dashboard.company;

import org.jspecify.annotations.NullMarked;
