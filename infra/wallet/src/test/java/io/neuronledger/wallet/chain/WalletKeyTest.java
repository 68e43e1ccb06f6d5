package io.neuronledger.wallet.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.evm.PersonalSignature;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.databind.json.JsonMapper;

class WalletKeyTest {
  private static final String HEX = "46".repeat(32);
  private static final WalletAddress TO = WalletAddress.typed("0x" + "35".repeat(20));

  private static UnsignedTransaction example(WalletAddress from) {
    return new UnsignedTransaction(1, from, BigInteger.valueOf(9), Neuron.parse("20000000000"),
        BigInteger.valueOf(21_000), new WalletCall(TO, Neuron.ofZeroG("1"), "0x", "nothing"));
  }

  /** The example of EIP-155. */
  @Test
  void a_signature_is_that_of_the_standard() {
    WalletKey key = WalletKey.ofHex("0x" + HEX);
    assertThat(key.sign(example(key.address())).bytes()).isEqualTo("0xf86c098504a817c80082520894"
        + "3535353535353535353535353535353535353535880de0b6b3a76400008025"
        + "a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
        + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83");
    assertThat(key.sign(example(key.address())).hash().value())
        .isEqualTo("0x33469b22e9f636356c4160a87eb19df52b7412e8eac32a4a55ffe88ea8350788");
  }

  @Test
  void a_key_signs_for_its_own_wallet_alone() {
    assertThatThrownBy(() -> WalletKey.ofHex(HEX).sign(example(TO))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_text_is_signed_as_a_text() {
    WalletKey key = WalletKey.ofHex(HEX);
    assertThat(PersonalSignature.signer("hello", HexData.toBytes(key.sign("hello")))).contains(key.address());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0x", "46", "zz464646464646464646464646464646464646464646464646464646464646zz",
      "0000000000000000000000000000000000000000000000000000000000000000",
      "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"})
  void what_is_no_key_is_refused_and_not_repeated(String hex) {
    assertThatThrownBy(() -> WalletKey.ofHex(hex)).isInstanceOf(CommandFailure.class)
        .hasMessage("The private key is not 32 bytes in hex.");
  }

  @Test
  void a_keystore_opens_with_its_password(@TempDir Path folder) throws CipherException, IOException {
    Path file = folder.resolve("wallet.json");
    Files.writeString(file, JsonMapper.shared().writeValueAsString(
        Wallet.createLight("correct horse", Credentials.create(HEX).getEcKeyPair())));
    WalletKey key = WalletKey.ofKeystore(file, "correct horse");
    assertThat(key.address()).isEqualTo(WalletKey.ofHex(HEX).address());
    assertThat(key.toString()).isEqualTo(key.address().checksummed());
    assertThatThrownBy(() -> WalletKey.ofKeystore(file, "wrong")).hasMessageContaining("password does not open")
        .hasMessageNotContaining("wrong");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> WalletKey.ofKeystore(file, "wrong")).isInstanceOf(CommandFailure.class);
    Files.writeString(file, "{\"version\":3}");
    assertThatThrownBy(() -> WalletKey.ofKeystore(file, "wrong")).hasMessageContaining("no keystore");
    Files.writeString(file, "no json");
    assertThatThrownBy(() -> WalletKey.ofKeystore(file, "wrong")).hasMessageContaining("no keystore");
    assertThatThrownBy(() -> WalletKey.ofKeystore(folder.resolve("none"), "")).hasMessageContaining("no keystore file");
  }
}
