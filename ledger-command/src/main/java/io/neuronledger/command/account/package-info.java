/**
 * What does an owner have on chain? Input: account events. Output: the state after them. Plain Java on immutable
 * records: no clock, no I/O. {@code rules} decides the events; only the aggregate class depends on Axon.
 */
@NullMarked
package io.neuronledger.command.account;

import org.jspecify.annotations.NullMarked;
