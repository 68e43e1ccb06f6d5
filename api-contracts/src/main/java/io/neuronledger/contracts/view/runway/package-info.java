/** How long sub-accounts last at the use of the last days. */
@NullMarked
package io.neuronledger.contracts.view.runway;

import org.jspecify.annotations.NullMarked;
