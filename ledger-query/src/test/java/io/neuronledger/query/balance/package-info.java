@NullMarked
package io.neuronledger.query.balance;

import org.jspecify.annotations.NullMarked;
