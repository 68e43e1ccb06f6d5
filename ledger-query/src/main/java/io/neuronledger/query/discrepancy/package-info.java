/**
 * Which discrepancies exist, and how were they resolved? Input: events of chain facts that broke a rule, and the
 * matched settlements, which yield the differences to usage. Output: one list.
 */
@NullMarked
package io.neuronledger.query.discrepancy;

import org.jspecify.annotations.NullMarked;
