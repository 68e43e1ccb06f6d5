/** Parses requests. Input: path variables, parameters and headers. Output: values; anything else is refused. */
@NullMarked
package io.neuronledger.query.request;

import org.jspecify.annotations.NullMarked;
