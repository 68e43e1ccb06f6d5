/** What the query API answers about what does not agree, one record per schema of the OpenAPI document. */
@NullMarked
package io.neuronledger.contracts.view.discrepancy;

import org.jspecify.annotations.NullMarked;
