@NullMarked
package io.neuronledger.query.projection;

import org.jspecify.annotations.NullMarked;
