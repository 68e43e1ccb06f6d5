/** The journal as another program reads it. */
@NullMarked
package io.neuronledger.query.books.journal;

import org.jspecify.annotations.NullMarked;
