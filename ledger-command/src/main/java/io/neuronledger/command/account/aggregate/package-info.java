/** The ledger as Axon's aggregate: its commands, its history and its snapshot. */
@NullMarked
package io.neuronledger.command.account.aggregate;

import org.jspecify.annotations.NullMarked;
