/** A company that runs a ledger-query of its own, with its own OIDC issuer, which knows its people and the dashboard. */
@NullMarked
package io.neuronledger.cli.dashboard.company;

import org.jspecify.annotations.NullMarked;
