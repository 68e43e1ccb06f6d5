/**
 * Would a provider serve an owner's next request, and if not, why? Input: the read model. Output: every known
 * condition, and what the owner does about those that are broken.
 */
@NullMarked
package io.neuronledger.query.admission;

import org.jspecify.annotations.NullMarked;
