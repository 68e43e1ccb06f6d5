/** Webhooks, their messages, and how each was delivered, as they are answered. */
@NullMarked
package io.neuronledger.contracts.view.webhook;

import org.jspecify.annotations.NullMarked;
