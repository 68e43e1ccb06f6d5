/** Tests of the package. */
@NullMarked
package io.neuronledger.query.alert.judge;

import org.jspecify.annotations.NullMarked;
