/** The values of the domain. Each is checked once, when it is made; nobody checks it again. */
@NullMarked
package io.neuronledger.contracts.value;

import org.jspecify.annotations.NullMarked;
