/** Failures of an answer: of the database, and of an answer that is partly sent. */
@NullMarked
package io.neuronledger.query.problem;

import org.jspecify.annotations.NullMarked;
