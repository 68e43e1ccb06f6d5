/** Settings, connections, serialisers: everything that only connects the rest. Holds no rule. */
@NullMarked
package io.neuronledger.query.wiring;

import org.jspecify.annotations.NullMarked;
