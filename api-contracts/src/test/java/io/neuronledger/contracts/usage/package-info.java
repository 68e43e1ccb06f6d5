/** Usage reports, on both sides of every limit. */
@NullMarked
package io.neuronledger.contracts.usage;

import org.jspecify.annotations.NullMarked;
