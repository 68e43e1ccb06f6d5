/** CSV output, byte by byte. */
@NullMarked
package io.neuronledger.query.export;

import org.jspecify.annotations.NullMarked;
