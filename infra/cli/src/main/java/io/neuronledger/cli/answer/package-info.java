/**
 * Owners' states at one block in a common form, to compare the ledger with the chain.
 */
@NullMarked
package io.neuronledger.cli.answer;

import org.jspecify.annotations.NullMarked;
