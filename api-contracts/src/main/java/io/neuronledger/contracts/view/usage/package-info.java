/** The APIs' answers about reported usage, one record per schema of the OpenAPI documents. JSON is snake_case. */
@NullMarked
package io.neuronledger.contracts.view.usage;

import org.jspecify.annotations.NullMarked;
