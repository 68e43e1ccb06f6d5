/**
 * API keys for services. Input: requests of administrators. Output: events, the new key in the answer, and the state of
 * all keys with a sign of life in {@code ledger.api-keys.v1}.
 */
@NullMarked
package io.neuronledger.command.admin.key;

import org.jspecify.annotations.NullMarked;
