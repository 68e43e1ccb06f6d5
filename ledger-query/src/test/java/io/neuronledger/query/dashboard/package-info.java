@NullMarked
package io.neuronledger.query.dashboard;

import org.jspecify.annotations.NullMarked;
