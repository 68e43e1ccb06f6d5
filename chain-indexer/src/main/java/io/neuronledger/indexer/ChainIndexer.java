package io.neuronledger.indexer;

import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The service's entry. Configuration: {@code chain-indexer.yaml}, each setting with its environment variable. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ChainIndexer {
  /** The application, ready to run: alone, or beside the other services in one JVM. */
  public static SpringApplication application() {
    // Before anything else: stored and transmitted text must not depend on locale and time zone.
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    SpringApplication application = new SpringApplication(ChainIndexer.class);
    application.setMainApplicationClass(ChainIndexer.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(Map.of("spring.config.name", "chain-indexer"));
    return application;
  }

  public static void main(String[] args) {
    application().run(args);
  }
}
