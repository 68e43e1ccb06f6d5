@NullMarked
package io.neuronledger.query.reconciliation;

import org.jspecify.annotations.NullMarked;
