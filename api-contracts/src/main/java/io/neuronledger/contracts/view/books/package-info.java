/** Answers for other people's books. */
@NullMarked
package io.neuronledger.contracts.view.books;

import org.jspecify.annotations.NullMarked;
