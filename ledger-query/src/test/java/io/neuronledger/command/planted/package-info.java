/** What the architecture forbids: only so that its rules are seen to fail. */
@NullMarked
package io.neuronledger.command.planted;

import org.jspecify.annotations.NullMarked;
