package io.neuronledger.indexer.decode.zerog.fold;

import io.neuronledger.indexer.decode.zerog.books.ServiceEntry;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import java.util.List;

/**
 * A serving contract that registers, with what no log says of it.
 *
 * @param code what it runs
 */
public record Arrival(ServiceEntry service, List<CodeInUse> code) {
  public Arrival {
    code = List.copyOf(code);
  }
}
