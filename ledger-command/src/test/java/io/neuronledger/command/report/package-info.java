/** Tests of the intake of reports over REST and Kafka. */
@NullMarked
package io.neuronledger.command.report;

import org.jspecify.annotations.NullMarked;
