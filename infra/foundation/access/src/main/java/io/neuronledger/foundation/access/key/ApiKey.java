package io.neuronledger.foundation.access.key;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder sends it: {@code nlk_<id>_<secret>}. The id is 8 random bytes in hex and no secret; the
 * secret is 32 random bytes in base64url without padding. Text that scanners for leaked credentials can find.
 */
public final class ApiKey {
  /** The beginning of every key, by which it differs from a token of an issuer. */
  public static final String PREFIX = "nlk_";

  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern FORM = Pattern.compile(PREFIX + "(" + ID + ")_([A-Za-z0-9_-]{43})");
  private static final int SECRET_GROUP = 2;
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;

  private final String id;
  private final String text;

  private ApiKey(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** An id that no key has had. */
  public static String newId(SecureRandom random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether the text has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** A key with a new secret. */
  public static ApiKey create(String id, SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    ApiKey key = new ApiKey(id, shown(id) + "_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  /** Empty unless the text is a key in its one spelling. */
  public static Optional<ApiKey> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() && isCanonical(form.group(SECRET_GROUP))
        ? Optional.of(new ApiKey(form.group(1), text))
        : Optional.empty();
  }

  /** The last of the 43 characters has two bits that a decoder ignores. */
  private static boolean isCanonical(String secret) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Base64.getUrlDecoder().decode(secret)).equals(secret);
  }

  /** What may be shown of the key with this id, and is enough to find it. */
  public static String shown(String id) {
    return PREFIX + id;
  }

  public String id() {
    return id;
  }

  /** The whole key, secret included: for its holder, and for the hash. */
  public String reveal() {
    return text;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return shown(id);
  }
}
