@NullMarked
package io.neuronledger.query.usage.counted;

import org.jspecify.annotations.NullMarked;
