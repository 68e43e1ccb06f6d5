package io.neuronledger.contracts.view.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an alert says about its rule and subject. */
public enum AlertType {
  /** The rule's condition holds from now on. */
  RAISED,
  /** It holds no more. */
  RECOVERED,
  /** An alert before it never was: the chain took back the block that it was judged at. */
  WITHDRAWN;

  /** The stored name, which is the {@code ce_type} on Kafka. */
  @JsonValue
  public String stored() {
    return "alert-" + name().toLowerCase(Locale.ROOT) + ".v1";
  }

  /** @throws IllegalArgumentException for another name */
  @JsonCreator
  public static AlertType of(String stored) {
    for (AlertType type : values()) {
      if (type.stored().equals(stored)) {
        return type;
      }
    }
    throw new IllegalArgumentException("not a type of alert: " + stored);
  }
}
