/** Alerts: rules about the state at sealed blocks, what they raise, and how that is published and asked for. */
@NullMarked
package io.neuronledger.query.alert;

import org.jspecify.annotations.NullMarked;
