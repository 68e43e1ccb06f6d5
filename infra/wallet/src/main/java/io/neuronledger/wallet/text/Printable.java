package io.neuronledger.wallet.text;

import java.net.URI;

/** Text from others on a terminal, where a control character could rewrite what is shown. */
public final class Printable {
  private Printable() {}

  /** The text with a question mark in place of each character that controls or reorders what a terminal shows. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(each -> shown.appendCodePoint(isPlain(each) ? each : '?'));
    return shown.toString();
  }

  /** Of a URL the scheme, the host and the port: its path and its query may hold a secret of who asks. */
  public static String origin(String url) {
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() != null) {
        return of(parsed.getScheme() + "://" + parsed.getHost()
            + (parsed.getPort() < 0 ? "" : ":" + parsed.getPort()));
      }
    } catch (IllegalArgumentException e) {
      return "at an address that is no URL";
    }
    return "at an address without a host";
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
      default -> true;
    };
  }
}
