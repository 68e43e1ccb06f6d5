/** The answer to whether a provider would serve an owner's next request, and if not, why. */
@NullMarked
package io.neuronledger.contracts.view.admission;

import org.jspecify.annotations.NullMarked;
