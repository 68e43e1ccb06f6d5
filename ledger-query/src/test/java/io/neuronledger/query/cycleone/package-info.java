/** What the architecture forbids: only so that its rules are seen to fail. */
@NullMarked
package io.neuronledger.query.cycleone;

import org.jspecify.annotations.NullMarked;
