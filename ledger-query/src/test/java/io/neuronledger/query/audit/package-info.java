/** The journal, in both directions and by every filter, beside plain definitions. */
@NullMarked
package io.neuronledger.query.audit;

import org.jspecify.annotations.NullMarked;
