package io.neuronledger.query.audit;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.query.problem.BadCursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a page of a journal. It is opaque to callers and stays valid while entries are added, because it names an
 * entry, not an offset.
 *
 * @param seq the last entry shown; older ones have lower numbers
 */
record Cursor(WalletAddress owner, long seq) {
  private static final Pattern FORM = Pattern.compile("entries1 (0x[0-9a-f]{40}) (\\d{1,18})");
  private static final int LENGTH_MAX = 200;

  /** @throws BadCursor unless {@code text} is a cursor of this owner's journal */
  static Cursor parse(String text, WalletAddress owner) {
    return decoded(text).map(FORM::matcher).filter(Matcher::matches)
        .map(part -> new Cursor(new WalletAddress(part.group(1)), Long.parseLong(part.group(2))))
        .filter(cursor -> cursor.owner.equals(owner))
        .orElseThrow(() -> new BadCursor("journal"));
  }

  private static Optional<String> decoded(String text) {
    try {
      return text.length() > LENGTH_MAX
          ? Optional.empty()
          : Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return Base64.getUrlEncoder().withoutPadding()
        .encodeToString(("entries1 " + owner + " " + seq).getBytes(StandardCharsets.US_ASCII));
  }
}
