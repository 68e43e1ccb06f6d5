/** The command that keeps sub-accounts funded by a policy: its rounds, its journal, and its replay of the past. */
@NullMarked
package io.neuronledger.wallet.autofund;

import org.jspecify.annotations.NullMarked;
