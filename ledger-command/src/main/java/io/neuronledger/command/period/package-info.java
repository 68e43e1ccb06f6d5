/**
 * What people decide about the periods of the accounts: each is closed, and reopened, by two persons.
 */
@NullMarked
package io.neuronledger.command.period;

import org.jspecify.annotations.NullMarked;
