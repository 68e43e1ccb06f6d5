/** The OIDC issuer of an embedded stack: a real one, on the loopback address, with the clients that the stack needs. */
@NullMarked
package io.neuronledger.cli.stack.issuer;

import org.jspecify.annotations.NullMarked;
