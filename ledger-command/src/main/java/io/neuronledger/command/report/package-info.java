/**
 * Receives usage reports: over REST, one or up to 1,000 with a receipt for each, and over Kafka, with refused records
 * published to a topic of their own. Both read the same JSON and use the same recorder.
 */
@NullMarked
package io.neuronledger.command.report;

import org.jspecify.annotations.NullMarked;
