/**
 * Owners of whom a chain event could not be understood, and their events from there on: parked in order, until somebody
 * has repaired what was wrong and releases them. Everybody else goes on.
 */
@NullMarked
package io.neuronledger.command.quarantine;

import org.jspecify.annotations.NullMarked;
