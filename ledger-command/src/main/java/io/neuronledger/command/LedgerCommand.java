package io.neuronledger.command;

import io.neuronledger.command.wiring.CommandProperties;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts ledger-command, alone or with other services in one process. Configuration: {@code ledger-command.yaml}. */
@SpringBootApplication
@EnableConfigurationProperties(CommandProperties.class)
public class LedgerCommand {
  private static final String NAME = "ledger-command";

  /** Ready to run; reads its own configuration file, not another service's on the classpath. */
  public static SpringApplication application() {
    // First of all: output on disk and on the wire must not depend on the locale or the time zone.
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    // Keeps Axon from reporting its use to its vendor.
    System.setProperty("axoniq.update-checker.disabled", "true");
    SpringApplication application = new SpringApplication(LedgerCommand.class);
    application.setMainApplicationClass(LedgerCommand.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(Map.of("spring.config.name", NAME, "spring.application.name", NAME));
    return application;
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
