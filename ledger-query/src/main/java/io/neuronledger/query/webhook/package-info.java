/**
 * Webhooks: who has which, and which events become their messages. Input: requests, and the topics for subscribers.
 * Output: stored messages, which {@code delivery} sends. All of it is beside the generations of the read model, so that
 * a rebuild sends nothing.
 */
@NullMarked
package io.neuronledger.query.webhook;

import org.jspecify.annotations.NullMarked;
