/**
 * API keys: their form, their hashes, and what a service knows of them, read from {@code ledger.api-keys.v1}. A key
 * becomes a {@link io.neuronledger.foundation.access.caller.Caller}.
 */
@NullMarked
package io.neuronledger.foundation.access.key;

import org.jspecify.annotations.NullMarked;
