@NullMarked
package io.neuronledger.indexer.rpc.http;

import org.jspecify.annotations.NullMarked;
