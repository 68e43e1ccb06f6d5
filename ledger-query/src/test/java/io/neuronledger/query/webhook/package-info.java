/** Tests of the package. */
@NullMarked
package io.neuronledger.query.webhook;

import org.jspecify.annotations.NullMarked;
