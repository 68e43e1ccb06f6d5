package io.neuronledger.cli.dashboard.company;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.servers.FreePort;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.springframework.context.ConfigurableApplicationContext;

/** Another instance of the stack's ledger-query, as a company runs it: with the company's issuer. */
public final class CompanyLedger implements AutoCloseable {
  /** The name of the company's one person. */
  public static final String PERSON = "Ann Example";

  private final String home;
  private final CompanyIssuer issuer;
  private final ConfigurableApplicationContext query;

  private CompanyLedger(String home, CompanyIssuer issuer, ConfigurableApplicationContext query) {
    this.home = home;
    this.issuer = issuer;
    this.query = query;
  }

  /**
   * Starts it.
   *
   * @param ledgerQuery starts a ledger-query of the stack's, but for these settings
   * @param wallet of the company's one person
   */
  public static CompanyLedger start(Function<Map<String, String>, ConfigurableApplicationContext> ledgerQuery,
      WalletAddress wallet) {
    int port = FreePort.find();
    String home = "http://127.0.0.1:" + port + "/";
    CompanyIssuer issuer = CompanyIssuer.start(URI.create(home + "signed-in"), wallet);
    try {
      Map<String, String> settings = new HashMap<>(issuer.settings());
      settings.put("server.port", String.valueOf(port));
      return new CompanyLedger(home, issuer, ledgerQuery.apply(settings));
    } catch (RuntimeException e) {
      issuer.close();
      throw e;
    }
  }

  /** The address of the dashboard. */
  public String home() {
    return home;
  }

  /** The address of the issuer. */
  public String issuer() {
    return issuer.url();
  }

  @Override
  public void close() {
    try (issuer) {
      query.close();
    }
  }
}
