/** Which entries changed an owner's balances? Input: account events. Output: the journal, newest first. */
@NullMarked
package io.neuronledger.query.audit;

import org.jspecify.annotations.NullMarked;
