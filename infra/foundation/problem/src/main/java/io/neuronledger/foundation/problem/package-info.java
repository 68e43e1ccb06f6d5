/**
 * Requests and problems of every service that speaks HTTP: the guard of parameters, strict reading of bodies and
 * addresses, and RFC 9457 problem documents with a stable code.
 */
@NullMarked
package io.neuronledger.foundation.problem;

import org.jspecify.annotations.NullMarked;
