/** Alerts and the rules that raise them, one record per schema of the OpenAPI document, and their record on Kafka. */
@NullMarked
package io.neuronledger.contracts.view.alert;

import org.jspecify.annotations.NullMarked;
