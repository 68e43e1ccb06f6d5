/** An OIDC issuer for tests, on loopback. */
@NullMarked
package io.neuronledger.testkit.servers.issuer;

import org.jspecify.annotations.NullMarked;
