/** Build time only: migrations go in, jOOQ classes come out. */
@NullMarked
package io.neuronledger.infra.codegen;

import org.jspecify.annotations.NullMarked;
