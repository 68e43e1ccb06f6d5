@NullMarked
package io.neuronledger.query;

import org.jspecify.annotations.NullMarked;
