/** The recording service: reads chain events and usage reports, stores account events for ever and publishes them. */
@NullMarked
package io.neuronledger.command;

import org.jspecify.annotations.NullMarked;
