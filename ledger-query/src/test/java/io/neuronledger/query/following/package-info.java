/** What answers and the status say of following. */
@NullMarked
package io.neuronledger.query.following;

import org.jspecify.annotations.NullMarked;
