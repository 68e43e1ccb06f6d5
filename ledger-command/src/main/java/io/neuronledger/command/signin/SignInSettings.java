package io.neuronledger.command.signin;

import io.neuronledger.command.signin.message.SignInMessage;
import io.neuronledger.foundation.access.settings.AccessSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How wallets sign in. Environment: {@code NEURON_LEDGER_SIGN_IN_…}. Without any of the first six no wallet signs in;
 * with one of them all are required but the other key.
 *
 * @param issuer the URL of this service, by which it is named in its tokens and its keys are read
 * @param domain what a message must name as the domain that asks
 * @param uri what a message must name as its URI
 * @param page the URL of a web page that signs wallets in, whose messages name its host and itself instead; empty: none
 * @param chainId of the chain whose wallets sign in, in decimal
 * @param key the private key that signs tokens: PKCS#8 of the curve P-256, as PEM or its base64 alone
 * @param otherKey a second public key, of the one before or of the one to come, as PEM or its base64 alone; optional
 * @param nonceSecret at least {@value #SECRET_BYTES_MIN} random bytes, in base64
 * @param node the URL of the node that is asked about the signatures of contract wallets; empty: they cannot sign in
 * @param nodeTimeout from 100 ms to 10 s
 * @param nodeGas what a contract may use to check a signature: 50,000 to 30,000,000
 * @param tokenLife of a token, from a minute to a day
 */
@ConfigurationProperties("neuron-ledger.sign-in")
public record SignInSettings(@DefaultValue("") String issuer, @DefaultValue("") String domain,
    @DefaultValue("") String uri, @DefaultValue("") String page, @DefaultValue("") String chainId,
    @DefaultValue("") String key, @DefaultValue("") String otherKey, @DefaultValue("") String nonceSecret,
    @DefaultValue("") String node, @DefaultValue("PT2S") Duration nodeTimeout, @DefaultValue("500000") long nodeGas,
    @DefaultValue("PT1H") Duration tokenLife) {
  private static final String PREFIX = "NEURON_LEDGER_SIGN_IN_";
  private static final int SECRET_BYTES_MIN = 32;
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;
  private static final Duration NODE_TIMEOUT_MIN = Duration.ofMillis(100);
  private static final Duration NODE_TIMEOUT_MAX = Duration.ofSeconds(10);
  private static final long NODE_GAS_MIN = 50_000;
  private static final long NODE_GAS_MAX = 30_000_000;
  private static final Duration TOKEN_LIFE_MIN = Duration.ofMinutes(1);
  private static final Duration TOKEN_LIFE_MAX = Duration.ofDays(1);

  /** @throws IllegalArgumentException naming the environment variable to set or to change; no secret is shown */
  public SignInSettings {
    Map<String, String> together = new TreeMap<>(Map.of("ISSUER", issuer, "DOMAIN", domain, "URI", uri, "CHAIN_ID",
        chainId, "KEY", key, "NONCE_SECRET", nonceSecret));
    boolean isOff = together.values().stream().allMatch(String::isEmpty);
    if (!isOff) {
      together.forEach((name, value) -> require(!value.isEmpty(), name, "must be set, as every one of "
          + PREFIX + String.join(", " + PREFIX, together.keySet()) + ", or none of them"));
      require(AccessSettings.isTrusted(issuer) && !issuer.endsWith("/"), "ISSUER",
          "must be the https URL of ledger-command, without a slash at its end; it is: '" + issuer + "'");
      require(SignInMessage.isDomain(domain), "DOMAIN", "must be a host, maybe with a port; it is: '" + domain + "'");
      require(SignInMessage.isUri(uri), "URI", "must be a URI; it is: '" + uri + "'");
      require(chainId.matches("[1-9][0-9]{0,77}"), "CHAIN_ID", "must be a number; it is: '" + chainId + "'");
      require(decoded(nonceSecret).filter(bytes -> bytes.length >= SECRET_BYTES_MIN).isPresent(), "NONCE_SECRET",
          "must be at least " + SECRET_BYTES_MIN + " random bytes in base64: openssl rand -base64 " + SECRET_BYTES_MIN);
      TokenKeys.check(key, otherKey);
    }
    require(!isOff || (otherKey.isEmpty() && node.isEmpty() && page.isEmpty()), "KEY", "must be set, or none of "
        + PREFIX + "OTHER_KEY, " + PREFIX + "NODE and " + PREFIX + "PAGE");
    require(page.isEmpty() || isPage(page), "PAGE", "must be the https URL of the page as browsers show it, with a"
        + " slash at its end, in small letters and without the usual port; it is: '" + page + "'");
    require(node.isEmpty() || isHttp(node), "NODE", "must be the http or https URL of a node");
    require(isWithin(nodeTimeout, NODE_TIMEOUT_MIN, NODE_TIMEOUT_MAX), "NODE_TIMEOUT",
        "must be from " + NODE_TIMEOUT_MIN + " to " + NODE_TIMEOUT_MAX + ", not " + nodeTimeout);
    require(nodeGas >= NODE_GAS_MIN && nodeGas <= NODE_GAS_MAX, "NODE_GAS",
        "must be from " + NODE_GAS_MIN + " to " + NODE_GAS_MAX + ", not " + nodeGas);
    require(isWithin(tokenLife, TOKEN_LIFE_MIN, TOKEN_LIFE_MAX), "TOKEN_LIFE",
        "must be from " + TOKEN_LIFE_MIN + " to " + TOKEN_LIFE_MAX + ", not " + tokenLife);
  }

  private static void require(boolean holds, String setting, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(PREFIX + setting + " " + rule);
    }
  }

  private static boolean isWithin(Duration value, Duration min, Duration max) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  /** As a page finds it in its own address, so that the two can be compared. */
  private static boolean isPage(String url) {
    if (!AccessSettings.isTrusted(url)) {
      return false;
    }
    URI parsed = URI.create(url);
    boolean isUsualPort = parsed.getPort() == ("https".equals(parsed.getScheme()) ? HTTPS_PORT : HTTP_PORT);
    return url.endsWith("/") && parsed.getQuery() == null && parsed.getFragment() == null && !isUsualPort
        && parsed.getAuthority().equals(parsed.getAuthority().toLowerCase(Locale.ROOT));
  }

  private static boolean isHttp(String url) {
    try {
      URI parsed = URI.create(url);
      return parsed.getHost() != null && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.strip()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a message names: the domain that asks, and its URI. */
  record Asker(String domain, String uri) {}

  /** What a message with this URI must name: it comes from the web page, or from elsewhere. */
  Asker askerOf(String messageUri) {
    return !page.isEmpty() && page.equals(messageUri) ? new Asker(URI.create(page).getAuthority(), page)
        : new Asker(domain, uri);
  }

  /** Whether wallets can sign in. */
  public boolean isOn() {
    return !issuer.isEmpty();
  }

  byte[] nonceSecretBytes() {
    return decoded(nonceSecret).orElseThrow();
  }

  /** Without the secrets, which a node's URL may be too. */
  @Override
  public String toString() {
    return "SignInSettings[" + issuer + ", " + domain + ", " + uri + ", " + chainId + "]";
  }
}
