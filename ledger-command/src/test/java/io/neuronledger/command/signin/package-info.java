/** Tests of sign-in: nonces, keys, and the whole over the real database and a real node. */
@NullMarked
package io.neuronledger.command.signin;

import org.jspecify.annotations.NullMarked;
