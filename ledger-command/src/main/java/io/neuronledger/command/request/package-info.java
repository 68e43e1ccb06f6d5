/**
 * Reads requests and answers refusals: JSON bodies field by field, only known query parameters, and every error as
 * RFC 9457 with a stable code.
 */
@NullMarked
package io.neuronledger.command.request;

import org.jspecify.annotations.NullMarked;
