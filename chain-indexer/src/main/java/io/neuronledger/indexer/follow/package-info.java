/**
 * Following the chain, one bounded step after the other: which blocks come next, whether published ones are still
 * there, what is written about them. In: nodes, a contract family, what is remembered; out: transactions for the
 * publisher.
 */
@NullMarked
package io.neuronledger.indexer.follow;

import org.jspecify.annotations.NullMarked;
