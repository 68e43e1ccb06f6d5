/** Settings, connections and serialisers. Contains no business rules. */
@NullMarked
package io.neuronledger.query.wiring;

import org.jspecify.annotations.NullMarked;
