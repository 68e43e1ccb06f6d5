/**
 * What the decoder remembers between blocks, with its types: ledgers, sub-accounts, services. It lives as texts by key
 * in the indexer's state topic and is undone with the events it stands for.
 */
@NullMarked
package io.neuronledger.indexer.decode.zerog.model;

import org.jspecify.annotations.NullMarked;
