package io.neuronledger.query.dashboard;

import io.neuronledger.contracts.view.operation.DashboardView;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether there is a dashboard, and where it finds what is not of this service. Environment: {@code
 * NEURON_LEDGER_DASHBOARD_…}.
 *
 * @param enabled whether it is served
 * @param command the address at which browsers reach ledger-command; empty: the dashboard does without
 * @param indexer the same of chain-indexer
 * @param clientId the dashboard's id at the OIDC issuer; empty: nobody signs in by the issuer
 * @param signIn how people get the issuer's token
 * @param scopes what is asked of the issuer where they sign in at its own page: words with a space between each, {@code
 *     openid} among them
 */
public record DashboardSettings(@DefaultValue("false") boolean enabled, @DefaultValue("") String command,
    @DefaultValue("") String indexer, @DefaultValue("") String clientId,
    @DefaultValue("window") DashboardView.SignIn.Way signIn, @DefaultValue(DashboardSettings.OPENID) String scopes) {
  /** The scope for a token about the person, which says to which sign-in it is the answer. */
  static final String OPENID = "openid";
  private static final String PREFIX = "NEURON_LEDGER_DASHBOARD_";
  /** RFC 6749, section 3.3. */
  private static final Pattern SCOPES =
      Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+(?: [\\x21\\x23-\\x5B\\x5D-\\x7E]+)*");

  /** @throws IllegalArgumentException naming the environment variable to change */
  public DashboardSettings {
    requireAddress("COMMAND", command);
    requireAddress("INDEXER", indexer);
    if (!SCOPES.matcher(scopes).matches() || !List.of(scopes.split(" ", -1)).contains(OPENID)) {
      throw new IllegalArgumentException(PREFIX + "SCOPES must be names of scopes with one space between each,"
          + " openid among them, such as 'openid ledger'; it is: '" + scopes + "'");
    }
  }

  /** Browsers send credentials there. */
  private static void requireAddress(String variable, String address) {
    if (!address.isEmpty() && (!AccessSettings.isTrusted(address) || address.endsWith("/")
        || address.contains("?") || address.contains("#"))) {
      throw new IllegalArgumentException(PREFIX + variable + " must be an https URL without a slash at its end, such as"
          + " https://ledger.example.com/command; it is: '" + address + "'");
    }
  }

  Optional<String> commandAddress() {
    return Optional.of(command).filter(address -> !address.isEmpty());
  }

  Optional<String> indexerAddress() {
    return Optional.of(indexer).filter(address -> !address.isEmpty());
  }

  Optional<String> client() {
    return Optional.of(clientId).filter(id -> !id.isEmpty());
  }

  /** The addresses of the other services that are configured. */
  Stream<String> services() {
    return Stream.of(commandAddress(), indexerAddress()).flatMap(Optional::stream);
  }
}
