@NullMarked
package io.neuronledger.query.runway;

import org.jspecify.annotations.NullMarked;
