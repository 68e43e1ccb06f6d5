/** The services that chain events name. */
@NullMarked
package io.neuronledger.command.store.service;

import org.jspecify.annotations.NullMarked;
