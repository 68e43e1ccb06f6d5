@NullMarked
package io.neuronledger.foundation.problem.request;

import org.jspecify.annotations.NullMarked;
