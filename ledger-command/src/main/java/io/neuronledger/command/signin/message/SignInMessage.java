package io.neuronledger.command.signin.message;

import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message by which a wallet signs in (EIP-4361, version 1). {@link #toString} is the very text that was read, because
 * the wallet signs that. Times keep their spelling; they have at most nine digits of a fraction and no leap second.
 *
 * @param scheme of the origin that asks, if the message names it
 * @param domain an RFC 3986 authority
 * @param chainId decimal digits as written
 * @param nonce at least 8 letters and digits
 */
public record SignInMessage(Optional<String> scheme, String domain, WalletAddress address, Optional<String> statement,
    String uri, String chainId, String nonce, String issuedAt, Optional<String> expirationTime,
    Optional<String> notBefore, Optional<String> requestId, Optional<List<String>> resources) {
  /** The longest message; all its characters are ASCII. */
  public static final int CHARACTERS_MAX = 4 << 10;
  /** The one version of the standard. */
  public static final String VERSION = "1";

  private static final Pattern FIRST_LINE = Pattern.compile(
      "(?:(?<scheme>[^:/ ]+)://)?(?<domain>[^ /]+) wants you to sign in with your Ethereum account:");
  private static final Pattern STATEMENT = Pattern.compile("[A-Za-z0-9._~:/?#\\[\\]@!$&'()*+,;= -]+");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9]{8,}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]+");
  private static final Pattern TIME = Pattern.compile(
      "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

  public SignInMessage {
    resources = resources.map(List::copyOf);
  }

  /**
   * Reads a message by the grammar of EIP-4361: every field in its place, nothing before, between or after.
   *
   * @throws IllegalArgumentException with what is wrong, for anything else and above {@value #CHARACTERS_MAX}
   *     characters
   */
  public static SignInMessage parse(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("a message has at most " + CHARACTERS_MAX + " characters");
    }
    Lines lines = new Lines(List.of(text.split("\n", -1)));
    Matcher first = FIRST_LINE.matcher(lines.next("the domain that asks"));
    require(first.matches(), "the first line must be '<domain> wants you to sign in with your Ethereum account:'");
    Optional<String> scheme = Optional.ofNullable(first.group("scheme"));
    String domain = first.group("domain");
    require(scheme.stream().allMatch(Rfc3986::isScheme) && Rfc3986.isAuthority(domain),
        "the domain must be an authority as in RFC 3986, maybe after a scheme and '://'");
    WalletAddress address = address(lines.next("the address"));
    lines.blank();
    Optional<String> statement = lines.statement();
    SignInMessage message = new SignInMessage(scheme, domain, address, statement,
        lines.field("URI: ", Rfc3986::isUri, "a URI as in RFC 3986"),
        chainId(lines),
        lines.field("Nonce: ", NONCE.asMatchPredicate(), "at least 8 letters and digits"),
        lines.field("Issued At: ", SignInMessage::isTime, "a time as in RFC 3339"),
        lines.optional("Expiration Time: ", SignInMessage::isTime, "a time as in RFC 3339"),
        lines.optional("Not Before: ", SignInMessage::isTime, "a time as in RFC 3339"),
        lines.optional("Request ID: ", Rfc3986::isPchars, "of the characters of a path's segment"),
        lines.resources());
    lines.end();
    return message;
  }

  /** Whether a message can have this domain. */
  public static boolean isDomain(String text) {
    return Rfc3986.isAuthority(text);
  }

  /** Whether a message can have this URI. */
  public static boolean isUri(String text) {
    return Rfc3986.isUri(text);
  }

  private static String chainId(Lines lines) {
    String _ = lines.field("Version: ", VERSION::equals, VERSION);
    return lines.field("Chain ID: ", DIGITS.asMatchPredicate(), "decimal digits");
  }

  private static WalletAddress address(String line) {
    WalletAddress address = WalletAddress.parse(line);
    require(address.checksummed().equals(line), "the letters of the address must have the case of EIP-55");
    return address;
  }

  private static boolean isTime(String text) {
    try {
      return TIME.matcher(text).matches() && Instant.MIN.isBefore(time(text));
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static Instant time(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  /** When the message says that it was made. */
  public Instant issued() {
    return time(issuedAt);
  }

  /** From when on the message is no longer valid. */
  public Optional<Instant> expires() {
    return expirationTime.map(SignInMessage::time);
  }

  /** From when on the message is valid. */
  public Optional<Instant> begins() {
    return notBefore.map(SignInMessage::time);
  }

  /** The message as it is signed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    scheme.ifPresent(name -> text.append(name).append("://"));
    text.append(domain).append(" wants you to sign in with your Ethereum account:\n")
        .append(address.checksummed()).append("\n\n");
    statement.ifPresent(words -> text.append(words).append('\n'));
    text.append("\nURI: ").append(uri).append("\nVersion: " + VERSION + "\nChain ID: ").append(chainId)
        .append("\nNonce: ").append(nonce).append("\nIssued At: ").append(issuedAt);
    expirationTime.ifPresent(time -> text.append("\nExpiration Time: ").append(time));
    notBefore.ifPresent(time -> text.append("\nNot Before: ").append(time));
    requestId.ifPresent(id -> text.append("\nRequest ID: ").append(id));
    resources.ifPresent(all -> {
      text.append("\nResources:");
      all.forEach(each -> text.append("\n- ").append(each));
    });
    return text.toString();
  }

  /** The lines of a message, read one after the other. */
  private static final class Lines {
    private final Iterator<String> rest;
    private Optional<String> line;

    Lines(List<String> lines) {
      rest = lines.iterator();
      line = Optional.of(rest.next());
    }

    String next(String what) {
      String current = line.orElseThrow(() -> new IllegalArgumentException(what + " is missing"));
      line = rest.hasNext() ? Optional.of(rest.next()) : Optional.empty();
      return current;
    }

    void blank() {
      require(next("an empty line").isEmpty(), "an empty line must be after the address, and before 'URI: '");
    }

    /** One line, and the empty one after it; without a statement the empty one alone. */
    Optional<String> statement() {
      String words = next("an empty line");
      if (words.isEmpty()) {
        return Optional.empty();
      }
      require(STATEMENT.matcher(words).matches(),
          "the statement has a character that is neither reserved nor unreserved in RFC 3986, nor a space");
      blank();
      return Optional.of(words);
    }

    String field(String label, Predicate<String> form, String rule) {
      return optional(label, form, rule).orElseThrow(() -> new IllegalArgumentException(
          "'" + label.strip() + "' is missing" + line.map(found -> ", there is " + Excerpt.of(found)).orElse("")));
    }

    Optional<String> optional(String label, Predicate<String> form, String rule) {
      if (line.filter(current -> current.startsWith(label)).isEmpty()) {
        return Optional.empty();
      }
      String value = next(label).substring(label.length());
      require(form.test(value), "'" + label.strip() + "' must be " + rule);
      return Optional.of(value);
    }

    /** The last field; its list may be empty. */
    Optional<List<String>> resources() {
      if (line.filter("Resources:"::equals).isEmpty()) {
        return Optional.empty();
      }
      String _ = next("Resources:");
      List<String> resources = new ArrayList<>();
      Optional<String> resource = optional("- ", Rfc3986::isUri, "a URI as in RFC 3986");
      while (resource.isPresent()) {
        resources.add(resource.get());
        resource = optional("- ", Rfc3986::isUri, "a URI as in RFC 3986");
      }
      return Optional.of(resources);
    }

    void end() {
      line.ifPresent(found -> {
        throw new IllegalArgumentException("no field may come here: " + Excerpt.of(found));
      });
    }
  }
}
