package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of one served request, unique per provider for ever: 1 to 200 visible ASCII characters. */
public record RequestId(String value) implements Comparable<RequestId> {
  public RequestId {
    PrintableText.check("request_id", value);
  }

  @JsonCreator
  public static RequestId of(String text) {
    return new RequestId(text);
  }

  /** By character: the order that the database's "C" collation has too. */
  @Override
  public int compareTo(RequestId other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
