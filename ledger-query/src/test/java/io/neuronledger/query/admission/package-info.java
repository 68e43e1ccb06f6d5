@NullMarked
package io.neuronledger.query.admission;

import org.jspecify.annotations.NullMarked;
