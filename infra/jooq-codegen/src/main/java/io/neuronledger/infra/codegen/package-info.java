/** Build time only: generates jOOQ classes from migrations. */
@NullMarked
package io.neuronledger.infra.codegen;

import org.jspecify.annotations.NullMarked;
