/** Tests of the grammar of sign-in messages, with the standard's own examples. */
@NullMarked
package io.neuronledger.command.signin.message;

import org.jspecify.annotations.NullMarked;
