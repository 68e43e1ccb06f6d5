package io.neuronledger.wallet.option;

import io.neuronledger.client.TokenSource;
import io.neuronledger.wallet.ledger.Credential;
import io.neuronledger.wallet.ledger.LedgerReader;
import io.neuronledger.wallet.ledger.WalletSignIn;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which ledger is asked, and as whom. */
public final class LedgerOptions {
  private static final String LEDGER = "NEURON_LEDGER_URL";
  private static final String SIGN_IN = "NEURON_LEDGER_SIGN_IN_URL";
  private static final String TOKEN = "NEURON_LEDGER_TOKEN";
  private static final String HOME = "neuron-ledger.home";
  private static final String DEFAULT_LEDGER = "http://127.0.0.1:8080";

  @Option(names = "--data", paramLabel = "DIR", description = "the data folder of a stack on this machine, which has "
      + "its addresses and a credential that reads (default: .ledger/data beside the script ledger; none for the jar)")
  private Optional<Path> data = Optional.empty();

  @Option(names = "--ledger", paramLabel = "URL", description = "ledger-query; or " + LEDGER
      + " (default: that of --data, else " + DEFAULT_LEDGER + ")")
  private Optional<String> ledger = Optional.empty();

  @Option(names = "--sign-in", paramLabel = "URL", description = "ledger-command, where the wallet signs in with its "
      + "key (EIP-4361) to read its own ledger; or " + SIGN_IN + ". Not needed with a token in " + TOKEN
      + ", with --header, or with --data")
  private Optional<String> signIn = Optional.empty();

  @Option(names = "--header", paramLabel = "FILE", description = "a file with the header of a credential, as `up` "
      + "writes it and `curl -H @FILE` reads it (default: that of --data)")
  private Optional<Path> header = Optional.empty();

  @Mixin
  private final KeyOptions key;

  private final Surroundings surroundings;
  private Optional<TokenSource> credential = Optional.empty();

  public LedgerOptions(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.key = new KeyOptions(surroundings);
  }

  public KeyOptions key() {
    return key;
  }

  public Surroundings surroundings() {
    return surroundings;
  }

  public LedgerReader reader() {
    return new LedgerReader(url(), credential(), surroundings.pauses());
  }

  /** ledger-query, without a slash at its end. */
  public String url() {
    return checked(ledger.or(() -> surroundings.environment().apply(LEDGER))
        .or(() -> stack().address("query")).orElse(DEFAULT_LEDGER));
  }

  /** What the ledger is asked with, made once. */
  private TokenSource credential() {
    if (credential.isEmpty()) {
      credential = Optional.of(chosen());
    }
    return credential.get();
  }

  private TokenSource chosen() {
    if (header.isPresent()) {
      return Credential.headerFile(header.get());
    }
    Optional<String> token = surroundings.environment().apply(TOKEN);
    if (token.isPresent()) {
      return Credential.bearer(token.get());
    }
    Optional<String> service = signIn.or(() -> surroundings.environment().apply(SIGN_IN));
    if (service.isPresent()) {
      return new WalletSignIn(URI.create(checked(service.get())), surroundings.clock(), surroundings.pauses())
          .as(key.key().orElseThrow(
              () -> CommandFailure.refused("To sign in, a wallet needs its key: see --keystore.")));
    }
    // A key of a stack on this machine is for that stack alone.
    return stack().header().filter(_ -> isOfStack()).map(Credential::headerFile).orElseGet(TokenSource::none);
  }

  /** That of the folder that was named, or of the script that has started this; a current folder names none. */
  StackFolder stack() {
    return new StackFolder(data.or(() -> Optional.ofNullable(System.getProperty(HOME))
        .map(home -> Path.of(home, ".ledger", "data"))));
  }

  /** Whether the ledger is that of the stack. */
  boolean isOfStack() {
    return stack().address("query").filter(url()::equals).isPresent();
  }

  /** @throws CommandFailure unless it is a URL of http or https with a host */
  static String checked(String url) {
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() != null && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))
          && parsed.getUserInfo() == null) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
      }
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("Not a URL of http or https. It is not repeated here: it may hold a secret.");
    }
    throw CommandFailure.refused("Not a URL of http or https, with a host and without a name or password. It is not "
        + "repeated here: it may hold a secret.");
  }
}
