/**
 * The events of API keys, in a table of their own: they are no account events, belong to no partition, and are not
 * published as they are.
 */
@NullMarked
package io.neuronledger.command.store.key;

import org.jspecify.annotations.NullMarked;
