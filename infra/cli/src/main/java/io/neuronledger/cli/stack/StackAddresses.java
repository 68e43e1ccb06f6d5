package io.neuronledger.cli.stack;

import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.client.TokenSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The addresses of a running stack, stored in its data folder for other commands.
 *
 * @param query ledger-query's URL
 * @param command ledger-command's URL
 * @param indexer chain-indexer's URL
 * @param issuer the URL of the issuer of the tokens that the services ask for; empty where they ask for none
 * @param rpc the URL of its first node
 * @param kafka host:port; likewise PostgreSQL
 */
public record StackAddresses(String query, String command, String indexer, String issuer, String rpc, String kafka,
    String postgres) {
  private static final String FILE = "addresses.properties";

  /** The data folder of {@code ./ledger up} where it is not asked to use another one. */
  public static Path defaultData() {
    return Path.of(System.getProperty("neuron-ledger.home", "."), ".ledger", "data");
  }

  /** @throws IllegalStateException if no stack runs on that folder */
  public static StackAddresses read(Path dataDir) {
    Path file = dataDir.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IllegalStateException("no stack runs on " + dataDir.toAbsolutePath() + "; start one with ./ledger up");
    }
    Properties values = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    return new StackAddresses(values.getProperty("query", ""), values.getProperty("command", ""),
        values.getProperty("indexer", ""), values.getProperty("issuer", ""), values.getProperty("rpc", ""),
        values.getProperty("kafka", ""), values.getProperty("postgres", ""));
  }

  /**
   * The tokens of the operator of the stack that runs on that folder, whoever may read its files; none where its
   * services ask for none.
   *
   * @throws IllegalStateException if no stack runs on that folder
   */
  public static TokenSource tokens(Path dataDir) {
    return tokens(dataDir, IssuerClient.OPERATOR);
  }

  /**
   * Tokens of a client of that stack's issuer.
   *
   * @param client its id
   * @throws IllegalArgumentException if the issuer has no such client
   */
  public static TokenSource tokens(Path dataDir, String client) {
    String issuer = read(dataDir).issuer();
    return issuer.isEmpty()
        ? TokenSource.none()
        : IssuerClient.named(client, Secrets.in(dataDir)).tokens(issuer);
  }

  /**
   * A code by which a client of that stack's issuer signs in to the dashboard, once and within ten minutes; empty where
   * there is no dashboard.
   *
   * @param client its id
   * @throws IllegalArgumentException if the issuer has no such client
   */
  public static Optional<String> signInCode(Path dataDir, String client) {
    String issuer = read(dataDir).issuer();
    return issuer.isEmpty()
        ? Optional.empty()
        : Optional.of(IssuerClient.named(client, Secrets.in(dataDir)).signInCode(issuer));
  }

  /** The services that park records that they cannot process, upstream first. */
  public List<String> parkingServices() {
    return List.of(command, query);
  }

  void write(Path dataDir) {
    Properties values = new Properties();
    values.setProperty("query", query);
    values.setProperty("command", command);
    values.setProperty("indexer", indexer);
    values.setProperty("issuer", issuer);
    values.setProperty("rpc", rpc);
    values.setProperty("kafka", kafka);
    values.setProperty("postgres", postgres);
    try (var out = Files.newBufferedWriter(dataDir.resolve(FILE))) {
      values.store(out, "Addresses of the running stack on this folder");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + dataDir, e);
    }
  }

  static void remove(Path dataDir) {
    try {
      Files.deleteIfExists(dataDir.resolve(FILE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + dataDir.resolve(FILE), e);
    }
  }
}
