/** Reports as they come in: read strictly, answered one by one, taken off Kafka exactly once. */
@NullMarked
package io.neuronledger.command.report;

import org.jspecify.annotations.NullMarked;
