/** Tests of the package. */
@NullMarked
package io.neuronledger.query.webhook.sending;

import org.jspecify.annotations.NullMarked;
