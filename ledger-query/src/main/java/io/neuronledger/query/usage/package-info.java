/**
 * Usage of owners and its cost. Input: reported usage. Output: histories, statistics, and the answers of the Router's
 * published API.
 */
@NullMarked
package io.neuronledger.query.usage;

import org.jspecify.annotations.NullMarked;
