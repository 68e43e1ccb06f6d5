/** Each request has a name, by which its caller, the log and the access log speak of it. */
@NullMarked
package io.neuronledger.foundation.problem.request;

import org.jspecify.annotations.NullMarked;
