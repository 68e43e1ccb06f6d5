/** Tests of the package. */
@NullMarked
package io.neuronledger.query.webhook.delivery;

import org.jspecify.annotations.NullMarked;
