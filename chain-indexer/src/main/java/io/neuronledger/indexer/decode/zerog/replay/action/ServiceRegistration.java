package io.neuronledger.indexer.decode.zerog.replay.action;

import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import java.util.List;

/**
 * A serving contract that registers, with its state, which no log carries.
 *
 * @param code the code that it runs
 */
public record ServiceRegistration(ServiceInfo service, List<CodeInUse> code) {
  public ServiceRegistration {
    code = List.copyOf(code);
  }
}
