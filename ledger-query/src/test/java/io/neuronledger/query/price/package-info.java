@NullMarked
package io.neuronledger.query.price;

import org.jspecify.annotations.NullMarked;
