/** Which chain facts broke a rule, and what did people say of them? Discrepancy events come in; rows stand ready. */
@NullMarked
package io.neuronledger.query.discrepancy;

import org.jspecify.annotations.NullMarked;
