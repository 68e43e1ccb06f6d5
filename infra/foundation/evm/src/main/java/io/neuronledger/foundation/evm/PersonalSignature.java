package io.neuronledger.foundation.evm;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.web3j.crypto.Sign;

/** Signatures of texts by wallets: EIP-191 with version 0x45, which wallets call personal_sign. */
public final class PersonalSignature {
  /** r and s of 32 bytes each, and v. */
  public static final int BYTES = 65;

  private static final int WORD = 32;
  private static final int V = 64;
  private static final int V_BASE = 27;
  private static final int ADDRESS_FROM = 12;
  private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();

  private PersonalSignature() {}

  /** What a wallet signs for this text: its hash with the prefix of EIP-191. */
  public static Hash hash(String text) {
    return Hash.of(Sign.getEthereumMessageHash(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The wallet whose key made the signature of the text.
   *
   * @param signature r, s and v; v is 27 or 28, or 0 or 1, as some hardware wallets write it
   * @return empty if it is no signature: of another length, r or s out of range, s in the upper half of the range, or
   *     another v
   */
  public static Optional<WalletAddress> signer(String text, byte[] signature) {
    if (signature.length != BYTES) {
      return Optional.empty();
    }
    byte[] r = Arrays.copyOf(signature, WORD);
    byte[] s = Arrays.copyOfRange(signature, WORD, V);
    int v = signature[V] >= 0 && signature[V] <= 1 ? signature[V] + V_BASE : signature[V];
    boolean isForm = (v == V_BASE || v == V_BASE + 1) && isBetween(r, ORDER.subtract(BigInteger.ONE))
        && isBetween(s, ORDER.shiftRight(1));
    return isForm ? recovered(text, new Sign.SignatureData((byte) v, r, s)) : Optional.empty();
  }

  private static boolean isBetween(byte[] number, BigInteger max) {
    BigInteger value = new BigInteger(1, number);
    return value.signum() > 0 && value.compareTo(max) <= 0;
  }

  /** For an r that is no point of the curve, and for a key at infinity, there is no key. */
  private static Optional<WalletAddress> recovered(String text, Sign.SignatureData signature) {
    try {
      BigInteger key = Sign.signedPrefixedMessageToKey(text.getBytes(StandardCharsets.UTF_8), signature);
      return key.signum() == 0 ? Optional.empty() : Optional.of(address(key));
    } catch (SignatureException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static WalletAddress address(BigInteger key) {
    Hash hash = Hash.keccak256(HexFormat.of().parseHex("%0128x".formatted(key)));
    byte[] bytes = HexData.toBytes(hash.value());
    return WalletAddress.of(Arrays.copyOfRange(bytes, ADDRESS_FROM, WORD));
  }
}
