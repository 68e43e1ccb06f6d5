package io.neuronledger.command.signin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * The keys of tokens: the one that signs, and the public ones by which tokens are verified. A key is named by its
 * thumbprint (RFC 7638).
 *
 * @param signing with its private part
 * @param published public keys alone
 */
record TokenKeys(ECKey signing, JWKSet published) {
  private static final String ARMOUR = "-----(BEGIN|END) (PRIVATE|PUBLIC) KEY-----|\\s";
  private static final String VARIABLE = "NEURON_LEDGER_SIGN_IN_";

  static TokenKeys of(SignInSettings settings) {
    return of(settings.key(), settings.otherKey());
  }

  /** @throws IllegalArgumentException naming the environment variable of a text that is no key; no key is shown */
  static void check(String key, String otherKey) {
    TokenKeys _ = of(key, otherKey);
  }

  private static TokenKeys of(String key, String otherKey) {
    ECKey signing = signing(key);
    List<ECKey> published = otherKey.isEmpty() ? List.of(signing.toPublicJWK())
        : List.of(signing.toPublicJWK(), verifying(otherKey));
    return new TokenKeys(signing, new JWKSet(List.copyOf(published)));
  }

  private static ECKey signing(String text) {
    try {
      ECPrivateKey key = (ECPrivateKey) factory().generatePrivate(new PKCS8EncodedKeySpec(bytes(text)));
      requireP256(key.getParams());
      return named(new ECKey.Builder(Curve.P_256, publicKey(key)).privateKey(key));
    } catch (InvalidKeySpecException | IllegalArgumentException | ClassCastException | JOSEException e) {
      throw new IllegalArgumentException(VARIABLE + "KEY must be a private key of the curve P-256 in PKCS#8:"
          + " openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256");
    }
  }

  private static ECKey verifying(String text) {
    try {
      ECPublicKey key = (ECPublicKey) factory().generatePublic(new X509EncodedKeySpec(bytes(text)));
      requireP256(key.getParams());
      return named(new ECKey.Builder(Curve.P_256, key));
    } catch (InvalidKeySpecException | IllegalArgumentException | ClassCastException | JOSEException e) {
      throw new IllegalArgumentException(VARIABLE + "OTHER_KEY must be a public key of the curve P-256:"
          + " openssl pkey -pubout");
    }
  }

  private static ECKey named(ECKey.Builder key) throws JOSEException {
    return key.keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).keyIDFromThumbprint().build();
  }

  /** PKCS#8 may have the public key too, but the JDK does not read it. */
  private static ECPublicKey publicKey(ECPrivateKey key) throws InvalidKeySpecException {
    org.bouncycastle.math.ec.ECPoint point =
        CustomNamedCurves.getByName("secp256r1").getG().multiply(key.getS()).normalize();
    return (ECPublicKey) factory().generatePublic(new ECPublicKeySpec(new ECPoint(
        point.getAffineXCoord().toBigInteger(), point.getAffineYCoord().toBigInteger()), key.getParams()));
  }

  private static void requireP256(ECParameterSpec curve) {
    BigInteger field = CustomNamedCurves.getByName("secp256r1").getCurve().getField().getCharacteristic();
    if (!(curve.getCurve().getField() instanceof ECFieldFp prime) || !prime.getP().equals(field)) {
      throw new IllegalArgumentException("another curve");
    }
  }

  private static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text.replaceAll(ARMOUR, ""));
  }

  private static KeyFactory factory() {
    try {
      return KeyFactory.getInstance("EC");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has elliptic curves", e);
    }
  }

  /** Without the private key. */
  @Override
  public String toString() {
    return "TokenKeys[" + signing.getKeyID() + "]";
  }
}
