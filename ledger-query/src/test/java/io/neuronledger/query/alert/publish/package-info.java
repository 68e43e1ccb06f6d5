/** Tests of the package. */
@NullMarked
package io.neuronledger.query.alert.publish;

import org.jspecify.annotations.NullMarked;
