/** The APIs' answers about what there is: lists and search, one record per schema of the OpenAPI documents. */
@NullMarked
package io.neuronledger.contracts.view.directory;

import org.jspecify.annotations.NullMarked;
