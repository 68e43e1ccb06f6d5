/**
 * A new read model beside the live one, from the first event on: account events come in, and once every partition has
 * caught up the new one takes over. Until then the live one knows nothing of it.
 */
@NullMarked
package io.neuronledger.query.rebuild;

import org.jspecify.annotations.NullMarked;
