/** What an instance notices of the world around it. */
@NullMarked
package io.neuronledger.query.status;

import org.jspecify.annotations.NullMarked;
