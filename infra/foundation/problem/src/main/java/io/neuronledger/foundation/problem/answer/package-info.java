/** How answers look: one rendering of addresses and amounts for all services. */
@NullMarked
package io.neuronledger.foundation.problem.answer;

import org.jspecify.annotations.NullMarked;
