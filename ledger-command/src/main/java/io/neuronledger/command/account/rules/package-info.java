/**
 * Which account events follow from a chain fact? Input: the ledger before it, its cause and the lock periods. Output:
 * events; {@link io.neuronledger.command.account.Ledger#evolve} applies them and knows nothing of this package.
 */
@NullMarked
package io.neuronledger.command.account.rules;

import org.jspecify.annotations.NullMarked;
