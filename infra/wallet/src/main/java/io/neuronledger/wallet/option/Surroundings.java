package io.neuronledger.wallet.option;

import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.Console;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a command needs of the machine it runs on.
 *
 * @param environment a variable by its name
 * @param pauses waits for so long
 * @param password asks for a password, which is not shown; empty where nobody can be asked
 * @param line asks for a line; empty likewise
 */
public record Surroundings(Function<String, Optional<String>> environment, InstantSource clock,
    Consumer<Duration> pauses, Function<String, Optional<String>> password, Function<String, Optional<String>> line) {
  /** Those of this process. */
  public static Surroundings ofThisProcess() {
    return new Surroundings(name -> Optional.ofNullable(System.getenv(name)).filter(value -> !value.isEmpty()),
        InstantSource.system(), Surroundings::pause,
        prompt -> terminal().flatMap(console -> Optional.ofNullable(console.readPassword("%s", prompt)))
            .map(String::new),
        prompt -> terminal().flatMap(console -> Optional.ofNullable(console.readLine("%s", prompt))));
  }

  /**
   * Asks before something is done that cannot be taken back.
   *
   * @param question for a typed {@code yes}
   * @param nothing what then was not done, as {@code Nothing was signed.}
   * @throws CommandFailure unless it is confirmed
   */
  public void confirm(String question, String nothing) {
    String answer = line.apply(question + " Type yes: ").orElseThrow(() ->
        CommandFailure.refused("There is no terminal to ask on: do it with --yes. " + nothing));
    if (!answer.strip().toLowerCase(Locale.ROOT).equals("yes")) {
      throw CommandFailure.refused("Not confirmed. " + nothing);
    }
  }

  private static Optional<Console> terminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal);
  }

  private static void pause(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandFailure.unknown("Interrupted while waiting.");
    }
  }
}
