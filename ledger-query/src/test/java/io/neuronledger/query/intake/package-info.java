@NullMarked
package io.neuronledger.query.intake;

import org.jspecify.annotations.NullMarked;
