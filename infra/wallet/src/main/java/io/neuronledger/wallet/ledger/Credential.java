package io.neuronledger.wallet.ledger;

import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** What a request to the ledger shows that it may ask. It is never printed. */
@FunctionalInterface
public interface Credential extends Consumer<HttpRequest.Builder> {
  /** Nothing: for a ledger that asks for no credential. */
  static Credential none() {
    return request -> {};
  }

  /** A token or an API key. */
  static Credential bearer(String token) {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw CommandFailure.refused("The token has characters that no token has.");
    }
    return request -> request.setHeader("Authorization", "Bearer " + token);
  }

  /**
   * The header in a file, as {@code up} writes it and {@code curl -H @FILE} reads it.
   *
   * @throws CommandFailure unless the file has that one line
   */
  static Credential headerFile(Path file) {
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
