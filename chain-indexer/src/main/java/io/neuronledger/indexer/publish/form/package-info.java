/** The stored forms: records of a partition and of the state topic, before they are JSON. */
@NullMarked
package io.neuronledger.indexer.publish.form;

import org.jspecify.annotations.NullMarked;
