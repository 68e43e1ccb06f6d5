/**
 * The typed state that the decoder keeps between blocks: ledgers, sub-accounts, services. It is stored as texts by key
 * in the indexer's state topic and is undone together with the events that it belongs to.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.model;

import org.jspecify.annotations.NullMarked;
