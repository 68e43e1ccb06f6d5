/** The query API's answers about reconciliations, one record per schema of the OpenAPI document. */
@NullMarked
package io.neuronledger.contracts.view.reconciliation;

import org.jspecify.annotations.NullMarked;
