/** The service that records: chain events come in, account events are stored for ever and published. */
@NullMarked
package io.neuronledger.command;

import org.jspecify.annotations.NullMarked;
