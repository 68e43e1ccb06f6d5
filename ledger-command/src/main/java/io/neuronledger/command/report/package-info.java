/**
 * How usage reports come in: over REST, one or up to 1,000 with an answer for each, and over Kafka, where what is
 * refused goes to a topic of its own. Both read the same JSON and end in the same recorder.
 */
@NullMarked
package io.neuronledger.command.report;

import org.jspecify.annotations.NullMarked;
