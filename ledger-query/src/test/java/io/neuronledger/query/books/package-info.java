/** The books against their definitions. */
@NullMarked
package io.neuronledger.query.books;

import org.jspecify.annotations.NullMarked;
