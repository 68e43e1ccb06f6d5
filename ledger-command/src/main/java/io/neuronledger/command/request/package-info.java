/**
 * How requests are read, and how a refusal is told: JSON bodies field by field, no parameter that is not known, and
 * every mistake as RFC 9457 with a stable code.
 */
@NullMarked
package io.neuronledger.command.request;

import org.jspecify.annotations.NullMarked;
