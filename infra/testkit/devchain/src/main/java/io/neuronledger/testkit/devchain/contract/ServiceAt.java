package io.neuronledger.testkit.devchain.contract;

import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.foundation.evm.AbiReader;
import java.time.Duration;

/** A registered service and its lock period at the requested block. */
public record ServiceAt(ServiceName name, Duration lockPeriod) {
  static ServiceAt read(AbiReader list) {
    AbiReader reader = list.tuple();
    return new ServiceAt(ServiceName.of(reader.string()), Duration.ofSeconds(reader.uint().longValueExact()));
  }
}
