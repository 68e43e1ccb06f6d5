package io.neuronledger.foundation.access.settings;

import java.util.Locale;
import java.util.Set;

/** The names of this machine that no name server can give to another one's page. */
public final class Loopback {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]", "0:0:0:0:0:0:0:1",
      "[0:0:0:0:0:0:0:1]");

  private Loopback() {}

  /** @param host of a URL or of the header Host, without the port */
  public static boolean isName(String host) {
    return NAMES.contains(host.toLowerCase(Locale.ROOT));
  }
}
