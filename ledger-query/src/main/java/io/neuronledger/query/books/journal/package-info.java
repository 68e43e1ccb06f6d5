/** The books as a plain-text accounting journal. */
@NullMarked
package io.neuronledger.query.books.journal;

import org.jspecify.annotations.NullMarked;
