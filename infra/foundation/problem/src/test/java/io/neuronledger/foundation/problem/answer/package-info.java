@NullMarked
package io.neuronledger.foundation.problem.answer;

import org.jspecify.annotations.NullMarked;
