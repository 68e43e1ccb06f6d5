/**
 * Webhooks and their messages as they are stored, beside the generations of the read model, and their delivery: in
 * order, again after a failure, and given up in the end. Input: the stored messages. Output: requests to the targets.
 */
@NullMarked
package io.neuronledger.query.webhook.delivery;

import org.jspecify.annotations.NullMarked;
