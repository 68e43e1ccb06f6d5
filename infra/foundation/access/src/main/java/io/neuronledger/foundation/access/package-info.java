/**
 * The lock of every service that speaks HTTP: who calls (a credential becomes a {@link
 * io.neuronledger.foundation.access.caller.Caller}), and whether the service's published document allows the request.
 */
@NullMarked
package io.neuronledger.foundation.access;

import org.jspecify.annotations.NullMarked;
