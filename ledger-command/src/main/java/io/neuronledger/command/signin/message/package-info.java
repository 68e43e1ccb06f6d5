/** What does a wallet sign to sign in? The text of EIP-4361, read strictly. */
@NullMarked
package io.neuronledger.command.signin.message;

import org.jspecify.annotations.NullMarked;
