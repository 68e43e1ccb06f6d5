/** What the published document allows: the rule of each operation, and the answers to what it does not allow. */
@NullMarked
package io.neuronledger.foundation.access.rule;

import org.jspecify.annotations.NullMarked;
