/**
 * The events of topics for subscribers over HTTP, as server-sent events. Input: such a topic, which has them from the
 * first one on. Output: the same JSON, in the same order. Nothing of it is read from the database.
 */
@NullMarked
package io.neuronledger.query.events;

import org.jspecify.annotations.NullMarked;
