/** What providers ask for their services. */
@NullMarked
package io.neuronledger.contracts.price;

import org.jspecify.annotations.NullMarked;
