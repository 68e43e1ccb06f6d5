/**
 * The account rules: the account events that follow from a chain fact, and the state after them. Plain Java on
 * immutable records: no clock, no I/O. Only the aggregate class depends on Axon.
 */
@NullMarked
package io.neuronledger.command.account;

import org.jspecify.annotations.NullMarked;
