@NullMarked
package io.neuronledger.indexer.report;

import org.jspecify.annotations.NullMarked;
