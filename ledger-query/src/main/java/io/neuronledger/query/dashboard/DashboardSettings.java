package io.neuronledger.query.dashboard;

import io.neuronledger.foundation.access.settings.AccessSettings;
import java.util.Optional;
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
 */
public record DashboardSettings(@DefaultValue("false") boolean enabled, @DefaultValue("") String command,
    @DefaultValue("") String indexer, @DefaultValue("") String clientId) {
  private static final String PREFIX = "NEURON_LEDGER_DASHBOARD_";

  /** @throws IllegalArgumentException naming the environment variable to change */
  public DashboardSettings {
    requireAddress("COMMAND", command);
    requireAddress("INDEXER", indexer);
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
