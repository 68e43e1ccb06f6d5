/** What becomes of usage of a service that the chain does not know. */
@NullMarked
package io.neuronledger.command.usage.service;

import org.jspecify.annotations.NullMarked;
