/**
 * What a source says of owners at one block, in one form: so that the ledger and the chain can be held side by side.
 */
@NullMarked
package io.neuronledger.local.answer;

import org.jspecify.annotations.NullMarked;
