package io.neuronledger.query.request;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.problem.BadCursor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A page of a list: at most {@code limit} lines after a cursor. Cursors are opaque to callers and stay valid while
 * lines are added, because they name a line, not an offset.
 */
public record Page(int limit, Optional<String> cursor) {
  public static final Parameters<Page> PARAMETERS = new Parameters<>() {
    @Override
    public Class<Page> type() {
      return Page.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("limit", "cursor");
    }

    @Override
    public Page read(RequestValues given) {
      return new Page(limit(given), given.value("cursor", text -> text));
    }
  };

  /** The first line of a list alone. */
  public static final Page FIRST_LINE = new Page(1, Optional.empty());

  /** The last instant with a year of four digits. */
  public static final Instant YEARS_END = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,2}");
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 500;
  private static final int CURSOR_LENGTH_MAX = 4_000;
  private static final String SEPARATOR = "\0";

  /** As many lines as a caller may ask for, after a cursor. */
  public static Page ofExport(Optional<String> cursor) {
    return new Page(LIMIT_MAX, cursor);
  }

  /** The parameter {@code limit}, which is 50 where it is not given. */
  public static int limit(RequestValues given) {
    return given.value("limit", Page::limitOf).orElse(LIMIT_DEFAULT);
  }

  private static int limitOf(String text) {
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > LIMIT_MAX) {
      throw Refusal.parameter(ProblemCode.BAD_LIMIT, "limit", "limit is a whole number, 1 to " + LIMIT_MAX);
    }
    return Integer.parseInt(text);
  }

  /** @param list the name of the list and the version of the cursor format; parts hold no NUL */
  public static String cursor(String list, String... parts) {
    String text = list + SEPARATOR + String.join(SEPARATOR, parts);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The parts of the cursor; empty if none was given.
   *
   * @throws BadCursor unless it is a cursor of this list with this number of parts
   */
  public Optional<List<String>> after(String list, int parts) {
    return cursor.map(text -> decoded(text)
        .map(decoded -> List.of(decoded.split(SEPARATOR, -1)))
        .filter(found -> found.size() == parts + 1 && found.getFirst().equals(list))
        .map(found -> found.subList(1, found.size()))
        .orElseThrow(Page::badCursor));
  }

  /** The refusal of a cursor whose parts name no line. */
  public static BadCursor badCursor() {
    return new BadCursor("list");
  }

  /**
   * Parses a cursor part as an instant.
   *
   * @throws BadCursor unless it is an instant from 1970 to 9999
   */
  public static Instant instant(String part) {
    return parsed(part).filter(at -> !at.isBefore(Instant.EPOCH) && !at.isAfter(YEARS_END))
        .orElseThrow(Page::badCursor);
  }

  /**
   * Parses a cursor part as an address.
   *
   * @throws BadCursor unless it is one
   */
  public static WalletAddress address(String part) {
    try {
      return new WalletAddress(part);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  /**
   * Parses a cursor part as a UUID.
   *
   * @throws BadCursor unless it is one
   */
  public static UUID uuid(String part) {
    try {
      return UUID.fromString(part);
    } catch (IllegalArgumentException e) {
      throw badCursor();
    }
  }

  private static Optional<Instant> parsed(String part) {
    try {
      return Optional.of(Instant.parse(part));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> decoded(String text) {
    try {
      return text.length() > CURSOR_LENGTH_MAX
          ? Optional.empty()
          : Optional.of(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
