/** Alert rules and alerts in tables beside the generations of the read model. */
@NullMarked
package io.neuronledger.query.alert.store;

import org.jspecify.annotations.NullMarked;
