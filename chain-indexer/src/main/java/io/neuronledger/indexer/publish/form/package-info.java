/** The stored forms: records of a partition and of the state topic, their JSON and their names. */
@NullMarked
package io.neuronledger.indexer.publish.form;

import org.jspecify.annotations.NullMarked;
