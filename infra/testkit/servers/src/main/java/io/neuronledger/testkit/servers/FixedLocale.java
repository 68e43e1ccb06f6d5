package io.neuronledger.testkit.servers;

import java.util.Locale;
import java.util.TimeZone;

/**
 * Sets one locale and one time zone on every machine. Kafka names its files with the digits of the JVM's locale and
 * does not find files named under another one; libraries fold letters by it, which differs in Turkish.
 */
public final class FixedLocale {
  private FixedLocale() {}

  /** Overrides the environment and options of the whole JVM; the first statement of a main method. */
  public static void set() {
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }
}
