/**
 * The access log: who has asked for what belongs to finance and to administrators, before they are answered, and how
 * that ended; in chains of hashes, so that a change is noticed.
 */
@NullMarked
package io.neuronledger.foundation.access.log;

import org.jspecify.annotations.NullMarked;
