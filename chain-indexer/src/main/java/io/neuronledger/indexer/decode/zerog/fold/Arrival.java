package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.books.ServiceEntry;
import java.util.Optional;

/**
 * A serving contract that registers, with what no log says of it.
 *
 * @param implementation the code behind its beacon, where it has one
 */
public record Arrival(ServiceEntry service, Optional<WalletAddress> implementation) {}
