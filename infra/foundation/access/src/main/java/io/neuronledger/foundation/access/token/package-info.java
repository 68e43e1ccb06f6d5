/** Access tokens of an OIDC issuer: verified, and turned into callers. */
@NullMarked
package io.neuronledger.foundation.access.token;

import org.jspecify.annotations.NullMarked;
