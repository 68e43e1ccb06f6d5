/** What the query API answers about comparisons with the contract, one record per schema of the OpenAPI document. */
@NullMarked
package io.neuronledger.contracts.view.reconciliation;

import org.jspecify.annotations.NullMarked;
