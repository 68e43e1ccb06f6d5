package io.neuronledger.foundation.access.rule;

import java.util.List;

/**
 * What a request asks for that the access log records.
 *
 * @param id of the operation, as the document calls it
 * @param owners as the request writes them
 * @param isOfAll whether it is about all owners where it names none: it only reads, and its path names no object
 */
public record RecordedOperation(String id, List<String> owners, boolean isOfAll) {
  public RecordedOperation {
    owners = List.copyOf(owners);
  }
}
