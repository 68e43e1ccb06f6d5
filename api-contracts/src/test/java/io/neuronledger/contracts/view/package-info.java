/** What answers derive from other parts of themselves. */
@NullMarked
package io.neuronledger.contracts.view;

import org.jspecify.annotations.NullMarked;
