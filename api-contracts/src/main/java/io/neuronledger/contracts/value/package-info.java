/** The values of the domain. Each is validated once, at construction. */
@NullMarked
package io.neuronledger.contracts.value;

import org.jspecify.annotations.NullMarked;
