/**
 * Which owners' answers are frozen, and how do they advance again? Input: parked records from the database, processed
 * once they are readable.
 */
@NullMarked
package io.neuronledger.query.quarantine;

import org.jspecify.annotations.NullMarked;
