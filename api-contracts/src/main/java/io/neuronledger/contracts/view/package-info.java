/** The query API's answers, one record per schema of {@code openapi/ledger-query.v1.yaml}. JSON is snake_case. */
@NullMarked
package io.neuronledger.contracts.view;

import org.jspecify.annotations.NullMarked;
