package io.neuronledger.indexer.decode.zerog.price;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.indexer.chain.block.LogEntry;
import java.util.Map;
import java.util.Optional;

/**
 * What providers publish in one block beside their prices, as far as it is known.
 *
 * @param byLog by the index of the log that it belongs to
 */
public record AdditionalInfo(Map<Integer, String> byLog) {
  public static final AdditionalInfo UNKNOWN = new AdditionalInfo(Map.of());

  public AdditionalInfo {
    byLog = Map.copyOf(byLog);
  }

  /** The price of a log, with the additional information that belongs to it. */
  public ServicePrice complete(LogEntry log, ServicePrice price) {
    return price.withAdditionalInfo(Optional.ofNullable(byLog.get(log.index())));
  }
}
