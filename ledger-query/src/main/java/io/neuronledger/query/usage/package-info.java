/**
 * What was used, by whom, and what did it cost? Reported usage comes in; histories, statistics and the Router's
 * published answers go out.
 */
@NullMarked
package io.neuronledger.query.usage;

import org.jspecify.annotations.NullMarked;
