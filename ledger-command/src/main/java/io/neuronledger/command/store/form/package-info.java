/** The stored form of events: their names, their JSON, and the bytes that are passed on unread. */
@NullMarked
package io.neuronledger.command.store.form;

import org.jspecify.annotations.NullMarked;
