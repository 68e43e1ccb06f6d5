/** The query API's answers about exports, one record per schema of the OpenAPI document. JSON is snake_case. */
@NullMarked
package io.neuronledger.contracts.view.export;

import org.jspecify.annotations.NullMarked;
