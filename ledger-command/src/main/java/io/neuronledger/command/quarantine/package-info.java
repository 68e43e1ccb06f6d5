/**
 * Quarantined owners: those with a malformed chain event. Their events from there on are parked in order until an
 * operator has repaired the cause and releases them. All other owners go on.
 */
@NullMarked
package io.neuronledger.command.quarantine;

import org.jspecify.annotations.NullMarked;
