/** Which state does a request ask for: the newest, that of a past block or time, or a final one? */
@NullMarked
package io.neuronledger.query.asof.selector;

import org.jspecify.annotations.NullMarked;
