/** What the tests stand on: an indexer in parts, what it has published, nodes real and scripted. */
@NullMarked
package io.neuronledger.indexer.scene;

import org.jspecify.annotations.NullMarked;
