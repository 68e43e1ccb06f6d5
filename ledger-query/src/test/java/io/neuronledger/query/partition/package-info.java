@NullMarked
package io.neuronledger.query.partition;

import org.jspecify.annotations.NullMarked;
