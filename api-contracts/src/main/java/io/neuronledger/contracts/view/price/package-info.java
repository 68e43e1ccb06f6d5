/** The API's answers about prices, one record per schema of the OpenAPI documents. */
@NullMarked
package io.neuronledger.contracts.view.price;

import org.jspecify.annotations.NullMarked;
