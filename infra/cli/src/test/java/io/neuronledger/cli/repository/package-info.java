/** The repository as a whole: its documents, its words and its form. */
@NullMarked
package io.neuronledger.cli.repository;

import org.jspecify.annotations.NullMarked;
