package io.neuronledger.cli.operate.request;

import io.neuronledger.cli.stack.StackAddresses;
import io.neuronledger.cli.stack.issuer.IssuerClient;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.TokenSource;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which services are asked, and as whom. */
public final class ServiceOptions {
  /** The environment variable with the token for services that {@code --data} does not know. */
  static final String TOKEN = "NEURON_LEDGER_TOKEN";

  @Option(names = "--data", paramLabel = "DIR", description = "the folder of the running stack (default: .ledger/data)")
  private Path data = StackAddresses.defaultData();

  @Option(names = "--as", paramLabel = "WHO", description = "of the stack on --data: operator, or one of two persons "
      + "of finance, preparer or approver (default: operator)")
  private Optional<String> who = Optional.empty();

  @Option(names = "--url", paramLabel = "URL", description = "the URL of ledger-query, where there is no such folder; "
      + "the token is in the environment variable " + TOKEN)
  private Optional<String> query = Optional.empty();

  @Option(names = "--command-url", paramLabel = "URL", description = "likewise that of ledger-command")
  private Optional<String> command = Optional.empty();

  @Option(names = "--indexer-url", paramLabel = "URL", description = "likewise that of chain-indexer")
  private Optional<String> indexer = Optional.empty();

  /**
   * The services, asked as the options say.
   *
   * @throws CommandFailure if no stack runs on the folder, for a URL that is none, or for options that contradict
   */
  public LedgerClient client(Surroundings surroundings) {
    return LedgerClient.of(services(), checked(tokens(surroundings))).waitingBy(surroundings.pauses());
  }

  private boolean isRemote() {
    return Stream.of(query, command, indexer).anyMatch(Optional::isPresent);
  }

  private Services services() {
    if (isRemote()) {
      return new Services(query.map(url -> checked("--url", url)),
          command.map(url -> checked("--command-url", url)), indexer.map(url -> checked("--indexer-url", url)));
    }
    StackAddresses stack = stack();
    return new Services(Optional.of(stack.query()), Optional.of(stack.command()), Optional.of(stack.indexer()));
  }

  private StackAddresses stack() {
    try {
      return StackAddresses.read(data);
    } catch (IllegalStateException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()), e);
    }
  }

  private TokenSource tokens(Surroundings surroundings) {
    if (!isRemote()) {
      try {
        return StackAddresses.tokens(data, who.orElse(IssuerClient.OPERATOR));
      } catch (IllegalArgumentException e) {
        throw CommandFailure.refused("--as: " + e.getMessage());
      }
    }
    if (who.isPresent()) {
      throw CommandFailure.refused("--as is for the stack on --data; with a URL, the token of that person is in the "
          + "environment variable " + TOKEN);
    }
    return () -> surroundings.environment().apply(TOKEN);
  }

  /** A token that does not come is a request that was not sent. */
  private static TokenSource checked(TokenSource tokens) {
    return () -> {
      try {
        return tokens.token();
      } catch (IllegalStateException | UncheckedIOException e) {
        throw CommandFailure.failed("no token: " + e.getMessage(), e);
      }
    };
  }

  private static String checked(String option, String url) {
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() != null && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))
          && parsed.getUserInfo() == null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused(option + " is not a URL: " + url);
    }
    throw CommandFailure.refused(option + " is not a URL of http or https, without a name or password in it");
  }
}
