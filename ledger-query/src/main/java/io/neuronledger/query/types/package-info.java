/** The database's domains as values of the published language; the generated jOOQ classes name these. */
@NullMarked
package io.neuronledger.query.types;

import org.jspecify.annotations.NullMarked;
