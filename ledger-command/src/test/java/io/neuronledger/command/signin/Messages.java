package io.neuronledger.command.signin;

import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.web3j.crypto.Sign;

/** Keys and messages of tests, and wallets that sign them. */
final class Messages {
  static final DevWallet ALICE = DevWallet.named("alice");
  static final DevWallet BOB = DevWallet.named("bob");
  static final String DOMAIN = "ledger.example:8082";
  static final String URI = "https://ledger.example:8082/sign-in";
  static final String PAGE = "https://page.example/";
  static final String ISSUER = "https://command.example";
  static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);

  private Messages() {}

  static KeyPair newKey(String curve, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(curve);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static String base64(Key key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  static SignInSettings settings(String key, String node) {
    return new SignInSettings(ISSUER, DOMAIN, URI, PAGE, "31337", key, "", SECRET, node, Duration.ofSeconds(2), 500_000,
        Duration.ofHours(1));
  }

  /** A message of this wallet as the settings demand it, without the optional fields. */
  static String message(DevWallet wallet, String nonce, Instant issuedAt) {
    return message(wallet.address().checksummed(), nonce, issuedAt);
  }

  static String message(String address, String nonce, Instant issuedAt) {
    return DOMAIN + " wants you to sign in with your Ethereum account:\n" + address + "\n\n\nURI: " + URI
        + "\nVersion: 1\nChain ID: 31337\nNonce: " + nonce + "\nIssued At: " + issuedAt;
  }

  static byte[] signed(DevWallet wallet, String message) {
    Sign.SignatureData signature = Sign.signPrefixedMessage(message.getBytes(StandardCharsets.UTF_8),
        wallet.credentials().getEcKeyPair());
    byte[] bytes = new byte[65];
    System.arraycopy(signature.getR(), 0, bytes, 0, 32);
    System.arraycopy(signature.getS(), 0, bytes, 32, 32);
    bytes[64] = signature.getV()[0];
    return bytes;
  }

  static String hex(byte[] bytes) {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
