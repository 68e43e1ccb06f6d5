/** A company that runs the ledger: its own OIDC issuer, which knows its people and the dashboard. */
@NullMarked
package io.neuronledger.cli.dashboard.company;

import org.jspecify.annotations.NullMarked;
