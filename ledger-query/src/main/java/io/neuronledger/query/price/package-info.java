/**
 * What do providers ask for their services, and what does a request cost? Input: the prices that providers publish on
 * chain. Output: the prices in force at a block, and exact fees.
 */
@NullMarked
package io.neuronledger.query.price;

import org.jspecify.annotations.NullMarked;
