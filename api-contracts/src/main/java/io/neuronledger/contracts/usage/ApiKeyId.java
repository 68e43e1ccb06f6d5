package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The id of the owner's API key that made a request; never the key itself. 1 to 200 visible ASCII characters. */
public record ApiKeyId(String value) implements Comparable<ApiKeyId> {
  public ApiKeyId {
    PrintableText.check("api_key_id", value);
  }

  @JsonCreator
  public static ApiKeyId of(String text) {
    return new ApiKeyId(text);
  }

  /** By character: the order that the database's "C" collation has too. */
  @Override
  public int compareTo(ApiKeyId other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
