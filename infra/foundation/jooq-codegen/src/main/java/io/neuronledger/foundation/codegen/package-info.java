/** Build time only: generates jOOQ classes from migrations. */
@NullMarked
package io.neuronledger.foundation.codegen;

import org.jspecify.annotations.NullMarked;
