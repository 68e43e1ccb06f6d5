/**
 * Operators' decisions about discrepancies. Input: a key with a reason, over REST. Output: an event in the owner's
 * partition, in a stream of its own, so that no fork and no rewind reverts it.
 */
@NullMarked
package io.neuronledger.command.resolution;

import org.jspecify.annotations.NullMarked;
