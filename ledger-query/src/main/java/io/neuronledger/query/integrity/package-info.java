/** Do the rows of the read model agree with each other? */
@NullMarked
package io.neuronledger.query.integrity;

import org.jspecify.annotations.NullMarked;
