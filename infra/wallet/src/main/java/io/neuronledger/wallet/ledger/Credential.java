package io.neuronledger.wallet.ledger;

import io.neuronledger.client.TokenSource;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a request to the ledger shows that it may ask. It is never printed. */
public final class Credential {
  private Credential() {}

  /** A token or an API key. */
  public static TokenSource bearer(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw CommandFailure.refused("The token has characters that no token has.");
    }
    return TokenSource.fixed(token);
  }

  /**
   * The header in a file, as {@code up} writes it and {@code curl -H @FILE} reads it.
   *
   * @throws CommandFailure unless the file has that one line
   */
  public static TokenSource headerFile(Path file) {
    try {
      String[] words = Files.readString(file).strip().split(": Bearer ", 2);
      if (words.length != 2 || !words[0].equalsIgnoreCase("Authorization")) {
        throw CommandFailure.refused("The file " + file + " has no line 'Authorization: Bearer …'.");
      }
      return bearer(words[1]);
    } catch (IOException e) {
      throw CommandFailure.refused("The file " + file + " cannot be read.");
    }
  }
}
