package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The full registered name of a service, {@code inference-v1.0} for example. A deployment may register any name, so any
 * is accepted; only the NUL character, which PostgreSQL cannot store, is not.
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
  public ServiceName {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a service name with a NUL character");
    }
  }

  @JsonCreator
  public static ServiceName of(String name) {
    return new ServiceName(name);
  }

  /** The part before the version: {@code inference} of {@code inference-v1.0}; the whole name where it has none. */
  public String type() {
    int version = value.lastIndexOf("-v");
    return version < 0 ? value : value.substring(0, version);
  }

  @Override
  public int compareTo(ServiceName other) {
    return value.compareTo(other.value);
  }

  @JsonValue
  @Override
  public String toString() {
    return value;
  }
}
