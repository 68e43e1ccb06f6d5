/** JSON-RPC over HTTP: messages, limits, compression and meters. */
@NullMarked
package io.neuronledger.indexer.rpc.http;

import org.jspecify.annotations.NullMarked;
