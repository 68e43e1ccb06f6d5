/**
 * How long do sub-accounts last, and whose are refused soon? Input: the read model. Output: when their spendable amount
 * falls below what providers demand, if the use of the last days goes on.
 */
@NullMarked
package io.neuronledger.query.runway;

import org.jspecify.annotations.NullMarked;
