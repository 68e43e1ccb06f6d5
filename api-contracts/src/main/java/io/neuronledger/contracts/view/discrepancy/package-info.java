/** The query API's answers about discrepancies, one record per schema of the OpenAPI document. */
@NullMarked
package io.neuronledger.contracts.view.discrepancy;

import org.jspecify.annotations.NullMarked;
