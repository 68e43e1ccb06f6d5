/** The stored form of events: their names and their JSON. */
@NullMarked
package io.neuronledger.command.store.form;

import org.jspecify.annotations.NullMarked;
