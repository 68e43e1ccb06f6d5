/**
 * Usage reports of providers and routers: served requests and their fees, known off chain only. Limits are checked at
 * construction; larger input is refused, never truncated.
 */
@NullMarked
package io.neuronledger.contracts.usage;

import org.jspecify.annotations.NullMarked;
