/** Whether the conditions of alert rules hold at a block. Input: the read model. Output: alerts. */
@NullMarked
package io.neuronledger.query.alert.judge;

import org.jspecify.annotations.NullMarked;
