package io.neuronledger.cli.dashboard;

import io.neuronledger.cli.dashboard.company.CompanyIssuer;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.servers.FreePort;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** Another instance of the stack's ledger-query, as a company runs it: with the company's issuer. */
final class CompanyLedger implements AutoCloseable {
  private final String home;
  private final CompanyIssuer issuer;
  private final ConfigurableApplicationContext query;

  private CompanyLedger(String home, CompanyIssuer issuer, ConfigurableApplicationContext query) {
    this.home = home;
    this.issuer = issuer;
    this.query = query;
  }

  /** @param wallet of the company's one person */
  static CompanyLedger start(DashboardStack stack, WalletAddress wallet) {
    int port = FreePort.find();
    String home = "http://127.0.0.1:" + port + "/";
    CompanyIssuer issuer = CompanyIssuer.start(URI.create(home + "signed-in"), wallet);
    try {
      Map<String, String> settings = new HashMap<>(issuer.settings());
      settings.put("server.port", String.valueOf(port));
      return new CompanyLedger(home, issuer, stack.startQuery(settings));
    } catch (RuntimeException e) {
      issuer.close();
      throw e;
    }
  }

  /** The address of the dashboard. */
  String home() {
    return home;
  }

  /** The address of the issuer. */
  String issuer() {
    return issuer.url();
  }

  @Override
  public void close() {
    try (issuer) {
      query.close();
    }
  }
}
