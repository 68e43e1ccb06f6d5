package io.neuronledger.local.stack;

import static java.util.Objects.requireNonNull;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that answers, until it is closed. */
public record RunningService(ConfigurableApplicationContext context) implements AutoCloseable {
  /** Where it answers, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + requireNonNull(((WebServerApplicationContext) context).getWebServer()).getPort();
  }

  @Override
  public void close() {
    context.close();
  }
}
