/** Converters of the database's domains to values of the contracts; the generated jOOQ classes use them. */
@NullMarked
package io.neuronledger.query.types;

import org.jspecify.annotations.NullMarked;
