@NullMarked
package io.neuronledger.indexer.publish.form;

import org.jspecify.annotations.NullMarked;
