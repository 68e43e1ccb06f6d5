package io.neuronledger.wallet.chain;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SignatureException;
import java.util.Locale;
import java.util.Objects;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.core.JacksonException;

/** A wallet's private key. It is never printed, never stored, and leaves this class only as a signature. */
public final class WalletKey {
  private static final int DIGITS = 64;

  private final Credentials credentials;

  private WalletKey(Credentials credentials) {
    this.credentials = credentials;
  }

  /**
   * Reads a key from hex digits.
   *
   * @throws CommandFailure unless it is 32 bytes in hex, of the curve's range; the message does not repeat it
   */
  public static WalletKey ofHex(String hex) {
    String digits = hex.strip().toLowerCase(Locale.ROOT);
    digits = digits.startsWith("0x") ? digits.substring(2) : digits;
    BigInteger key = digits.matches("[0-9a-f]{" + DIGITS + "}") ? new BigInteger(digits, 16) : BigInteger.ZERO;
    if (key.signum() == 0 || key.compareTo(Sign.CURVE_PARAMS.getN()) >= 0) {
      throw CommandFailure.refused("The private key is not 32 bytes in hex.");
    }
    return new WalletKey(Credentials.create(digits));
  }

  /**
   * Opens a keystore file (version 3, as web3j, geth and others write it).
   *
   * @throws CommandFailure if it cannot be read, or the password does not open it
   */
  public static WalletKey ofKeystore(Path file, String password) {
    if (!Files.isReadable(file)) {
      throw CommandFailure.refused("There is no keystore file " + file + " that can be read.");
    }
    try {
      return new WalletKey(WalletUtils.loadCredentials(password, file.toFile()));
    } catch (CipherException e) {
      throw CommandFailure.refused("The password does not open the keystore file " + file + ".");
    } catch (IOException | JacksonException | NullPointerException e) {
      // web3j's reader misses a part that is not there by a null.
      throw CommandFailure.refused("The file " + file + " is no keystore of version 3.");
    }
  }

  public WalletAddress address() {
    return WalletAddress.parse(credentials.getAddress().toLowerCase(Locale.ROOT));
  }

  /**
   * Signs a transaction, for its chain alone (EIP-155), and reads back what was signed.
   *
   * @throws IllegalStateException if the signature covers anything else than what was given
   */
  public SignedTransaction sign(UnsignedTransaction transaction) {
    if (!transaction.from().equals(address())) {
      throw new IllegalStateException("a transaction of " + transaction.from() + " for the key of " + address());
    }
    String bytes =
        HexData.of(TransactionEncoder.signMessage(transaction.raw(), transaction.chainId(), credentials));
    requireSame(transaction, bytes);
    return new SignedTransaction(Hash.keccak256(HexData.toBytes(bytes)), bytes);
  }

  private static void requireSame(UnsignedTransaction shown, String bytes) {
    if (!(TransactionDecoder.decode(bytes) instanceof SignedRawTransaction signed)) {
      throw new IllegalStateException("what was signed is no signed transaction");
    }
    try {
      boolean same = Objects.equals(signed.getChainId(), shown.chainId())
          && shown.from().value().equalsIgnoreCase(signed.getFrom())
          && shown.call().to().value().equalsIgnoreCase(signed.getTo())
          && shown.call().value().value().equals(signed.getValue())
          && shown.call().data().equalsIgnoreCase(prefixed(signed.getData()))
          && shown.nonce().equals(signed.getNonce()) && shown.gasPrice().value().equals(signed.getGasPrice())
          && shown.gasLimit().equals(signed.getGasLimit());
      if (!same) {
        throw new IllegalStateException("what was signed is not what was shown");
      }
    } catch (SignatureException e) {
      throw new IllegalStateException("what was signed has no signer", e);
    }
  }

  private static String prefixed(String data) {
    return data.startsWith("0x") ? data : "0x" + data;
  }

  /** Signs a text by EIP-191, which no chain takes for a transaction: {@code 0x} and r, s, v. */
  public String sign(String text) {
    Sign.SignatureData signature = Sign.signPrefixedMessage(text.getBytes(StandardCharsets.UTF_8),
        credentials.getEcKeyPair());
    return HexData.of(signature.getR()) + HexData.of(signature.getS()).substring(2)
        + HexData.of(signature.getV()).substring(2);
  }

  /** The address alone. */
  @Override
  public String toString() {
    return address().checksummed();
  }
}
