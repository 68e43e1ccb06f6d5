/** Health and progress of the service, for probes, metrics and operators. */
@NullMarked
package io.neuronledger.query.status;

import org.jspecify.annotations.NullMarked;
