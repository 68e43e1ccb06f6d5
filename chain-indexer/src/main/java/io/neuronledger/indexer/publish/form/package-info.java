/** The stored forms: records of a partition, of the state topic, and of a transaction, before they are JSON. */
@NullMarked
package io.neuronledger.indexer.publish.form;

import org.jspecify.annotations.NullMarked;
