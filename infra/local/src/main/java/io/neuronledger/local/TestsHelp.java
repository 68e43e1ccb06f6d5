package io.neuronledger.local;

import picocli.CommandLine.Command;

/** Help only: the launcher runs {@code test} itself with Maven, which needs no build first. */
@Command(name = "test", description = "Runs all tests, as `mvn verify` does; further arguments go to Maven.")
final class TestsHelp implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("run ./ledger test, or mvn verify");
  }
}
