package io.neuronledger.cli.stack.secret;

import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How wallets of a stack's own dev chain sign in.
 *
 * @param url ledger-command's: the issuer of their tokens, and what their messages name
 * @param page the dashboard's, whose messages name it instead
 * @param node the dev chain's node, which is asked about contract wallets
 */
public record WalletSignIn(String url, String page, String node, long chainId) {
  private static final String PREFIX = "neuron-ledger.sign-in.";
  private static final String ACCEPTED = "neuron-ledger.access.wallets.issuer";
  private static final int KEY_BITS = 256;

  /** What a message names as the domain that asks. */
  public String domain() {
    return url.substring(url.indexOf("://") + 3);
  }

  /** The settings of the services; the key of the tokens and the secret of the nonces are those of the secrets. */
  public Map<String, String> settings(Secrets secrets) {
    Map<String, String> settings = new TreeMap<>(off());
    settings.put(ACCEPTED, url);
    settings.put(PREFIX + "issuer", url);
    settings.put(PREFIX + "domain", domain());
    settings.put(PREFIX + "uri", url + "/v1/sign-in");
    settings.put(PREFIX + "page", page);
    settings.put(PREFIX + "chain-id", String.valueOf(chainId));
    settings.put(PREFIX + "key", secrets.of("sign-in.key", WalletSignIn::newKey));
    settings.put(PREFIX + "nonce-secret", Base64.getEncoder().encodeToString(
        secrets.of("sign-in.nonces").getBytes(StandardCharsets.US_ASCII)));
    settings.put(PREFIX + "node", node);
    return settings;
  }

  /** The settings of services that sign no wallet in, whatever the environment has for others. */
  public static Map<String, String> off() {
    Map<String, String> settings = new TreeMap<>();
    settings.put(ACCEPTED, "");
    List.of("issuer", "domain", "uri", "page", "chain-id", "key", "other-key", "nonce-secret", "node")
        .forEach(name -> settings.put(PREFIX + name, ""));
    return settings;
  }

  /** PKCS#8 in base64. */
  private static String newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(KEY_BITS);
      return Base64.getEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has elliptic curves", e);
    }
  }
}
