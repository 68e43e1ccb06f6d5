package io.neuronledger.contracts.usage;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The model that served a request, as the provider names it: 1 to 200 visible ASCII characters. */
public record ModelName(String value) implements Comparable<ModelName> {
  public ModelName {
    PrintableText.check("model", value);
  }

  @JsonCreator
  public static ModelName of(String text) {
    return new ModelName(text);
  }

  /** By character: the order that the database's "C" collation has too. */
  @Override
  public int compareTo(ModelName other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
