@NullMarked
package io.neuronledger.query.discrepancy;

import org.jspecify.annotations.NullMarked;
