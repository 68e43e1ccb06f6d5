/** What is accepted, once, and what it adds up to. */
@NullMarked
package io.neuronledger.command.usage;

import org.jspecify.annotations.NullMarked;
