/** The books of another accounting program beside the ledger and the contract. */
@NullMarked
package io.neuronledger.cli.books;

import org.jspecify.annotations.NullMarked;
