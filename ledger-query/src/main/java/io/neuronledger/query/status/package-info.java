/** Is the service well, and how far is it? For probes, metrics and people. */
@NullMarked
package io.neuronledger.query.status;

import org.jspecify.annotations.NullMarked;
