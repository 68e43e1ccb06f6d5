/** The requests covered by a settlement: by definition, by example, and for any order of records. */
@NullMarked
package io.neuronledger.query.settlement;

import org.jspecify.annotations.NullMarked;
