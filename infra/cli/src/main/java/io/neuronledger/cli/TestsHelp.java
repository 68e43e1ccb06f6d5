package io.neuronledger.cli;

import picocli.CommandLine.Command;

/** Help only: the launcher runs {@code test} itself with Maven, which needs no build first. */
@Command(name = "test", description = "Runs all tests, as `mvn verify` does. `test MODULE` runs those of one module "
    + "(chain-indexer, infra/cli), `test MODULE TEST` one class or one method (ForksIT, NeuronTest#adds), "
    + "`test --fast` the tests of all modules that start no server. Further words go to Maven.")
final class TestsHelp implements Runnable {
  @Override
  public void run() {
    throw new IllegalStateException("run ./ledger test, or mvn verify");
  }
}
