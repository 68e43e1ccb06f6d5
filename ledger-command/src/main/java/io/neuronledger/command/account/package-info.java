/**
 * The rules of an owner's money: which account events follow from a chain fact, and what state they leave. Plain Java
 * on immutable records: no clock, no I/O. Only the aggregate's shell knows of Axon.
 */
@NullMarked
package io.neuronledger.command.account;

import org.jspecify.annotations.NullMarked;
