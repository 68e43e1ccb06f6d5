/** The Router's answers about an account's usage by day. */
@NullMarked
package io.neuronledger.contracts.view.usage.account;

import org.jspecify.annotations.NullMarked;
