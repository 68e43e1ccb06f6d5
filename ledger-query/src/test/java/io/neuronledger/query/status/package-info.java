/** What an instance detects outside of itself. */
@NullMarked
package io.neuronledger.query.status;

import org.jspecify.annotations.NullMarked;
