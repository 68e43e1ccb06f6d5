/**
 * What people decide about discrepancies. Comes in: a key with a reason, over REST. Goes out: an event in the owner's
 * partition, in a stream of its own, so that no fork and no rewind takes it back.
 */
@NullMarked
package io.neuronledger.command.resolution;

import org.jspecify.annotations.NullMarked;
