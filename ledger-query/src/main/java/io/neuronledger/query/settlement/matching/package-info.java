/** Matches settlements with the usage that providers reported, and keeps the result current as either arrives. */
@NullMarked
package io.neuronledger.query.settlement.matching;

import org.jspecify.annotations.NullMarked;
