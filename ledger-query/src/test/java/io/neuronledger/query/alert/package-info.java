/** Tests of the package. */
@NullMarked
package io.neuronledger.query.alert;

import org.jspecify.annotations.NullMarked;
