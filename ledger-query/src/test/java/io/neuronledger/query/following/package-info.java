/** The state of following in answers and the status. */
@NullMarked
package io.neuronledger.query.following;

import org.jspecify.annotations.NullMarked;
