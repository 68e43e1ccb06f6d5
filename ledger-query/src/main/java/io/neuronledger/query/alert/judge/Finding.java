package io.neuronledger.query.alert.judge;

import io.neuronledger.contracts.view.alert.AlertView.By;
import io.neuronledger.query.alert.store.AlertSubject;
import java.util.Optional;

/**
 * What was found of a subject. Between raised and recovered, what holds goes on holding.
 *
 * @param value what was found, in the unit of the rule's threshold
 * @param isRaised whether the condition holds
 * @param isRecovered whether it holds so clearly not that it recovers
 */
record Finding(AlertSubject subject, Optional<String> value, boolean isRaised, boolean isRecovered, By by) {
  /** Of a condition without anything between. */
  static Finding raised(AlertSubject subject, String value) {
    return new Finding(subject, Optional.of(value), true, false, By.BLOCK);
  }
}
