package io.neuronledger.foundation.evm;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;

/** A signature that other programs have made, and every form that is none. */
class PersonalSignatureTest {
  /** The example of the documentation of web3.js, "eth.accounts.sign". */
  private static final String TEXT = "Some data";
  private static final String HASH = "0x1da44b586eb0729ff70a73c326926f6ed5a25f5b056e7f47fbc6e58d86871655";
  private static final String SIGNATURE = "0xb91467e570a6466aa9e9876cbcd013baba02900b8979d43fe208a4a4f339f5fd"
      + "6007e74cd82e037b800186422fc2da167c747ef045e5d18a5f5d4300f8e1a0291c";
  private static final WalletAddress SIGNER = WalletAddress.parse("0x2c7536e3605d9c16a7a3d7b1898e529396a65c23");
  private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();

  private static Optional<WalletAddress> signer(byte[] signature) {
    return PersonalSignature.signer(TEXT, signature);
  }

  private static byte[] example() {
    return HexData.toBytes(SIGNATURE);
  }

  private static byte[] withV(int v) {
    byte[] signature = example();
    signature[64] = (byte) v;
    return signature;
  }

  private static byte[] withNumber(int from, BigInteger number) {
    byte[] signature = example();
    byte[] bytes = HexData.toBytes("0x%064x".formatted(number));
    System.arraycopy(bytes, 0, signature, from, 32);
    return signature;
  }

  @Test
  void the_wallet_that_signed_is_found() {
    assertThat(PersonalSignature.hash(TEXT).value()).isEqualTo(HASH);
    assertThat(signer(example())).contains(SIGNER);
    assertThat(signer(withV(1))).as("as some hardware wallets write it").contains(SIGNER);
    assertThat(signer(withV(0))).isEqualTo(signer(withV(27))).isNotEqualTo(Optional.of(SIGNER));
    assertThat(PersonalSignature.signer(TEXT + " ", example())).isPresent().isNotEqualTo(Optional.of(SIGNER));
  }

  @Test
  void whatever_is_signed_is_found_in_utf_8() {
    Credentials wallet = Credentials.create("1");
    for (String text : new String[] {"", "x", "h\u00e9llo \ud83d\ude00", "line\nline", "0".repeat(5_000)}) {
      Sign.SignatureData made =
          Sign.signPrefixedMessage(text.getBytes(StandardCharsets.UTF_8), wallet.getEcKeyPair());
      byte[] signature = Arrays.copyOf(made.getR(), 65);
      System.arraycopy(made.getS(), 0, signature, 32, 32);
      signature[64] = made.getV()[0];
      assertThat(PersonalSignature.signer(text, signature)).contains(WalletAddress.parse(wallet.getAddress()));
    }
  }

  /** The same point with the other s is as good for the curve: only one of both is accepted. */
  @Test
  void s_is_in_the_lower_half() {
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(example(), 32, 64));
    byte[] mirrored = withNumber(32, ORDER.subtract(s));
    mirrored[64] = 27;
    assertThat(signer(mirrored)).isEmpty();
    assertThat(signer(withNumber(32, ORDER.shiftRight(1)))).isPresent();
    assertThat(signer(withNumber(32, ORDER.shiftRight(1).add(BigInteger.ONE)))).isEmpty();
    assertThat(signer(withNumber(32, BigInteger.ZERO))).isEmpty();
    assertThat(signer(withNumber(32, BigInteger.ONE))).isPresent();
  }

  @Test
  void r_is_a_point_of_the_curve_below_its_order() {
    for (BigInteger r : new BigInteger[] {BigInteger.ZERO, ORDER, ORDER.add(BigInteger.ONE),
        BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)}) {
      assertThat(signer(withNumber(0, r))).as("%x", r).isEmpty();
    }
    int points = 0;
    for (int r = 1; r <= 64; r++) {
      points += signer(withNumber(0, BigInteger.valueOf(r))).isPresent() ? 1 : 0;
    }
    assertThat(points).as("about every second number is the x of a point").isBetween(16, 48);
  }

  /** Chosen so that the key would be the point at infinity: an address that everybody could sign for. */
  @Test
  void the_point_at_infinity_is_no_key() {
    BigInteger hash = new BigInteger(1, HexData.toBytes(HASH));
    for (int k = 1; k <= 8; k++) {
      var point = Sign.publicPointFromPrivate(BigInteger.valueOf(k)).normalize();
      BigInteger s = hash.multiply(BigInteger.valueOf(k).modInverse(ORDER)).mod(ORDER);
      boolean isOdd = point.getAffineYCoord().toBigInteger().testBit(0);
      if (s.compareTo(ORDER.shiftRight(1)) > 0) {
        s = ORDER.subtract(s);
        isOdd = !isOdd;
      }
      byte[] signature = withNumber(32, s);
      System.arraycopy(withNumber(0, point.getAffineXCoord().toBigInteger()), 0, signature, 0, 32);
      signature[64] = (byte) (isOdd ? 28 : 27);
      assertThat(signer(signature)).as("%s", k).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 26, 29, 34, 35, 37, 38, 127, 128, 255})
  void another_v_is_none(int v) {
    assertThat(signer(withV(v))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 66, 4_096})
  void another_length_is_none(int length) {
    assertThat(signer(Arrays.copyOf(example(), length))).isEmpty();
  }
}
