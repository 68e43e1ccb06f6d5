/** How does a wallet sign in (EIP-4361)? Nonces, the check of a signed message, and the token for it. */
@NullMarked
package io.neuronledger.command.signin;

import org.jspecify.annotations.NullMarked;
