/**
 * Events of the ledger for subscribers: records of the public topic as typed events, over Kafka and by webhook.
 */
@NullMarked
package io.neuronledger.client.event;

import org.jspecify.annotations.NullMarked;
