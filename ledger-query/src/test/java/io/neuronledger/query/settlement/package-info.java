/** What a settlement covers: by the definition, by examples, and whatever the order in which things come. */
@NullMarked
package io.neuronledger.query.settlement;

import org.jspecify.annotations.NullMarked;
