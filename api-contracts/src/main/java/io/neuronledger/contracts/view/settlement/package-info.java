/** The query API's answers about settlements, one record per schema of the OpenAPI document. JSON is snake_case. */
@NullMarked
package io.neuronledger.contracts.view.settlement;

import org.jspecify.annotations.NullMarked;
