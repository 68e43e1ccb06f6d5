package io.neuronledger.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The full registered name of a service, {@code inference-v1.0} for example. A deployment may register any name, so any
 * is accepted, except one with the NUL character, which PostgreSQL cannot store.
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

  /**
   * Reads a name from a user or a usage report.
   *
   * @throws IllegalArgumentException if it is empty, begins or ends with a blank, or holds a control character
   */
  public static ServiceName typed(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a service name is not empty");
    }
    if (isBlank(name.charAt(0)) || isBlank(name.charAt(name.length() - 1))) {
      throw new IllegalArgumentException("a service name neither begins nor ends with a blank");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a service name holds no control characters");
    }
    return of(name);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
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
