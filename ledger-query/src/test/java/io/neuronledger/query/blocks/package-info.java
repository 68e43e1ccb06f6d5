/** Tests of the blocks that answers are as of. */
@NullMarked
package io.neuronledger.query.blocks;

import org.jspecify.annotations.NullMarked;
