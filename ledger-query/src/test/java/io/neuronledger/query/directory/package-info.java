/** The list of all ledgers, on a real database. */
@NullMarked
package io.neuronledger.query.directory;

import org.jspecify.annotations.NullMarked;
