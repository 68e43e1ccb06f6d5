/** The settings, each checked when it is read. */
@NullMarked
package io.neuronledger.indexer.wiring.settings;

import org.jspecify.annotations.NullMarked;
