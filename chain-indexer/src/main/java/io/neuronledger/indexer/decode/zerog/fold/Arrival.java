package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.books.ServiceEntry;
import java.util.Optional;

/**
 * A serving contract that registers, with what no log says of it.
 *
 * @param implementation the code behind its beacon, where it has one
 * @param manager LedgerManager's beacon, where it has one: following may have started before it was there
 */
public record Arrival(ServiceEntry service, Optional<WalletAddress> implementation, Optional<Beacon> manager) {
  /** @param implementation the code that it names */
  public record Beacon(WalletAddress address, WalletAddress implementation) {}
}
