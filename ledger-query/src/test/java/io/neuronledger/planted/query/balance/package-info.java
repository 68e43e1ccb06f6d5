/** What the architecture forbids: only so that its rules are seen to fail. */
@NullMarked
package io.neuronledger.planted.query.balance;

import org.jspecify.annotations.NullMarked;
