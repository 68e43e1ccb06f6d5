/** What is there for other people's books? An accounting journal, and statements of a period. */
@NullMarked
package io.neuronledger.query.books;

import org.jspecify.annotations.NullMarked;
