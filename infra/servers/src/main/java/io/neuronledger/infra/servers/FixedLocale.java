package io.neuronledger.infra.servers;

import java.util.Locale;
import java.util.TimeZone;

/**
 * One locale and one time zone on every machine. Kafka names its files with the digits of the JVM's locale and finds no
 * file that another locale named; libraries fold letters by it, which differs in Turkish.
 */
public final class FixedLocale {
  private FixedLocale() {}

  /** For the whole JVM, whatever its environment and options set; the first statement of a main method. */
  public static void set() {
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }
}
