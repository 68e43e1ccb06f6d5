/** The options that several commands share, and what a command needs of the machine it runs on. */
@NullMarked
package io.neuronledger.wallet.option;

import org.jspecify.annotations.NullMarked;
