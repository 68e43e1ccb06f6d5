/** How a command ends: its exit code and its one sentence. */
@NullMarked
package io.neuronledger.wallet.outcome;

import org.jspecify.annotations.NullMarked;
