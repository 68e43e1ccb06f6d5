package io.neuronledger.cli.bench.figure;

import java.util.OptionalDouble;

/**
 * One measured number of a run.
 *
 * @param subject the process, or the part of the stage; empty for the stage itself
 * @param value empty where the system does not report it
 */
public record Figure(Stage stage, String subject, Unit unit, OptionalDouble value) {
  public static Figure of(Stage stage, String subject, Unit unit, double value) {
    return new Figure(stage, subject, unit, OptionalDouble.of(value));
  }
}
