package io.neuronledger.query;

import java.util.Locale;
import java.util.TimeZone;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service: {@code java -jar ledger-query-exec.jar}, configured by the environment (see ledger-query.yaml). */
@SpringBootApplication
@ConfigurationPropertiesScan
public class LedgerQuery {
  /** Builds the application; several services may run in one JVM. */
  public static SpringApplication application() {
    // First, so that output does not depend on the locale and time zone of the machine.
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    return new SpringApplicationBuilder(LedgerQuery.class)
        .main(LedgerQuery.class)
        .properties("spring.config.name=ledger-query", "spring.jmx.enabled=false", "spring.main.banner-mode=off")
        .build();
  }

  public static void main(String[] arguments) {
    application().run(arguments);
  }
}
