package io.neuronledger.contracts.view;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the stored rows of a service agree with each other, in one consistent read.
 *
 * @param checked how many rows each rule looked at
 * @param faultsTotal how many rows break a rule
 * @param faults the first of them, by rule: at most {@link #FAULTS_MAX}
 */
public record IntegrityView(SortedMap<String, Long> checked, long faultsTotal, List<Fault> faults) {
  public static final int FAULTS_MAX = 1_000;

  public IntegrityView {
    checked = new TreeMap<>(checked);
    faults = List.copyOf(faults);
  }

  /**
   * A row that breaks a rule.
   *
   * @param row its table and key
   * @param expected what other rows say that it holds
   * @param found what it holds
   */
  public record Fault(String rule, String row, String expected, String found) {}
}
