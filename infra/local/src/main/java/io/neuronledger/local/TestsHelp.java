package io.neuronledger.local;

import picocli.CommandLine.Command;

/** Only explains: the launcher runs {@code test} itself, because Maven does it and nothing needs to be built first. */
@Command(name = "test", description = "Runs all tests, as `mvn verify` does; further words go to Maven.")
final class TestsHelp implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("run ./ledger test, or mvn verify");
  }
}
