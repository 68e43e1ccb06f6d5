/** Whether the chain is being followed, how far, and how the published blocks are guarded. */
@NullMarked
package io.neuronledger.contracts.following;

import org.jspecify.annotations.NullMarked;
