package io.neuronledger.foundation.access.rule;

import java.util.List;

/**
 * What a request asks for that the access log records.
 *
 * @param id of the operation, as the document calls it
 * @param owners as the request writes them; none: it is about all
 */
public record RecordedOperation(String id, List<String> owners) {
  public RecordedOperation {
    owners = List.copyOf(owners);
  }
}
