package io.neuronledger.cli.stack.issuer;

import io.neuronledger.client.ClientCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Spring's authorization server on 127.0.0.1. Its key is made at the start: tokens end with the stack, and a stack that
 * starts again on the same port is asked for its new key.
 */
public final class StackIssuer implements AutoCloseable {
  /** The audience of all its tokens. */
  public static final String AUDIENCE = "neuron-ledger";

  private final ConfigurableApplicationContext server;

  private StackIssuer(ConfigurableApplicationContext server) {
    this.server = server;
  }

  /**
   * Starts it without a dashboard.
   *
   * @param port the port on 127.0.0.1; 0 for a free one
   */
  public static StackIssuer start(int port, List<IssuerClient> clients) {
    return start(port, clients, Optional.empty());
  }

  /**
   * Starts it.
   *
   * @param port the port on 127.0.0.1; 0 for a free one
   * @param dashboard to which people sign in by codes
   */
  public static StackIssuer start(int port, List<IssuerClient> clients, Optional<StackDashboard> dashboard) {
    SpringApplicationBuilder builder = new SpringApplicationBuilder(IssuerWiring.class)
        .properties("spring.config.name=stack-issuer", "spring.jmx.enabled=false", "spring.main.banner-mode=off")
        .initializers((GenericApplicationContext context) ->
            context.registerBean(IssuerClients.class, () -> new IssuerClients(clients)));
    dashboard.ifPresent(page -> builder.sources(DashboardSignIn.class).initializers(
        (GenericApplicationContext context) -> context.registerBean(StackDashboard.class, () -> page)));
    SpringApplication application = builder.build();
    application.setRegisterShutdownHook(false);
    return new StackIssuer(application.run("--server.address=127.0.0.1", "--server.port=" + port,
        // Tomcat asks no filter about a path that no servlet has.
        "--server.servlet.register-default-servlet=true"));
  }

  /** The issuer, as in its tokens. */
  public String url() {
    return "http://127.0.0.1:"
        + Objects.requireNonNull(((WebServerApplicationContext) server).getWebServer()).getPort();
  }

  /** The settings of a service that believes this issuer. */
  public Map<String, String> settings() {
    return Map.of("neuron-ledger.access.open", "false", "neuron-ledger.access.issuer", url(),
        "neuron-ledger.access.audience", AUDIENCE);
  }

  /**
   * A code by which a client signs in to the dashboard, once; there must be one.
   *
   * @param client its id
   * @param validity how long it is good, if nobody uses it
   */
  public String signInCode(String client, Duration validity) {
    return server.getBean(SignInCodes.class).make(client, validity);
  }

  /** Tokens for a client. */
  public ClientCredentials tokens(IssuerClient client) {
    return client.tokens(url());
  }

  @Override
  public void close() {
    server.close();
  }
}
