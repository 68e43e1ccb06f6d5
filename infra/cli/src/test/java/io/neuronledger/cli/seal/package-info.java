/** What chain-indexer seals and what ledger-command announces at a seal, held against each other. */
@NullMarked
package io.neuronledger.cli.seal;

import org.jspecify.annotations.NullMarked;
