/**
 * Sends a message to a URL that a caller has named: which URLs and addresses that may be, how it is signed, and what
 * became of it. Nothing of what the target answers is kept but its status.
 */
@NullMarked
package io.neuronledger.query.webhook.sending;

import org.jspecify.annotations.NullMarked;
