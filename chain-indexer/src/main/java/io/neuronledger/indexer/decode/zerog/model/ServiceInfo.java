package io.neuronledger.indexer.decode.zerog.model;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * The state of a serving contract.
 *
 * @param beacon the beacon that names its code; absent where it has none
 */
public record ServiceInfo(ServiceName name, Duration lockPeriod, Optional<WalletAddress> beacon) {
  private static final String NONE = "-";
  private static final String FINE_TUNING = "fine-tuning";

  public ServiceInfo lockPeriod(Duration period) {
    return new ServiceInfo(name, period, beacon);
  }

  /** Whether it is a fine-tuning contract, which has other views and logs than inference. */
  public boolean isFineTuning() {
    return name.type().equals(FINE_TUNING);
  }

  public static ServiceInfo parse(String text) {
    String[] parts = text.split(" ", 3);
    return new ServiceInfo(ServiceName.of(parts[2]), Duration.ofSeconds(Long.parseLong(parts[0])),
        parts[1].equals(NONE) ? Optional.empty() : Optional.of(WalletAddress.parse(parts[1])));
  }

  /** The name comes last because it may hold spaces. */
  @Override
  public String toString() {
    return lockPeriod.toSeconds() + " " + beacon.map(WalletAddress::toString).orElse(NONE) + " " + name;
  }
}
