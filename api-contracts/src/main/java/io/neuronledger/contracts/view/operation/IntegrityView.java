package io.neuronledger.contracts.view.operation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the stored rows of a service agree with each other, in one consistent read.
 *
 * @param checked the number of rows that each rule checked
 * @param faultsTotal the number of rows that break a rule
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
   * @param expected the value that follows from other rows
   * @param found the stored value
   */
  public record Fault(String rule, String row, String expected, String found) {}
}
