/**
 * What do providers ask for their services, what does a request cost, and was it charged so? Input: the prices that
 * providers publish on chain. Output: the prices in force at a block, exact fees, and how reported prices compare.
 */
@NullMarked
package io.neuronledger.query.price;

import org.jspecify.annotations.NullMarked;
