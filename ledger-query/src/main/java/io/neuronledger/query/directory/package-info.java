/** Who has a ledger? All owners with what they have, at the block that every partition has reached. */
@NullMarked
package io.neuronledger.query.directory;

import org.jspecify.annotations.NullMarked;
