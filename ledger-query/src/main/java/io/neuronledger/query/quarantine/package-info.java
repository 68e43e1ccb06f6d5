/** Whose answers stand still, and how do they go on? Parked records come out of the database and are taken at last. */
@NullMarked
package io.neuronledger.query.quarantine;

import org.jspecify.annotations.NullMarked;
