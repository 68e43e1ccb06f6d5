@NullMarked
package io.neuronledger.query.search;

import org.jspecify.annotations.NullMarked;
