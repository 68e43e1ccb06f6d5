package io.neuronledger.cli.stack;

import static java.util.Objects.requireNonNull;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running service, until it is closed. */
public record RunningService(ConfigurableApplicationContext context) implements AutoCloseable {
  /** The service's base URL, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
