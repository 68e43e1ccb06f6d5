/** The spending of an account, in the answers of the Router's published API. */
@NullMarked
package io.neuronledger.query.usage.account;

import org.jspecify.annotations.NullMarked;
