package io.neuronledger.wallet.text;

/** Text from others on a terminal, where a control character could rewrite what is shown. */
public final class Printable {
  private Printable() {}

  /** The text with a question mark in place of each character that controls or reorders what a terminal shows. */
  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(each -> shown.appendCodePoint(isPlain(each) ? each : '?'));
    return shown.toString();
  }

  private static boolean isPlain(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> false;
      default -> true;
    };
  }
}
