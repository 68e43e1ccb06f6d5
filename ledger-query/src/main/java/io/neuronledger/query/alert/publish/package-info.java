/** Publishes recorded alerts to their topic. */
@NullMarked
package io.neuronledger.query.alert.publish;

import org.jspecify.annotations.NullMarked;
