package io.neuronledger.testkit.devchain.transaction;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;

/** A wallet with a public, fixed key: for dev chains only. */
public record DevWallet(Credentials credentials) {
  /** The number of wallets that anvil funds at its start, with 10,000 0G each. */
  public static final int FUNDED = 10;

  private static final String MNEMONIC = "test test test test test test test test test test test junk";
  private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;

  /**
   * A wallet funded by anvil.
   *
   * @param index from 0 to 9
   */
  public static DevWallet funded(int index) {
    if (index < 0 || index >= FUNDED) {
      throw new IllegalArgumentException("anvil funds wallets 0 to " + (FUNDED - 1) + ", not " + index);
    }
    Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
    int[] path = {44 | HARDENED, 60 | HARDENED, HARDENED, 0, index};
    return new DevWallet(Credentials.create(Bip32ECKeyPair.deriveKeyPair(master, path)));
  }

  /** A wallet derived from a name, without coins; fund it with {@code AnvilControl.setBalance}. */
  public static DevWallet named(String name) {
    return new DevWallet(Credentials.create(Hash.keccak256("neuron-ledger dev wallet " + name).value()));
  }

  public WalletAddress address() {
    return WalletAddress.parse(credentials.getAddress());
  }

  @Override
  public String toString() {
    return address().toString();
  }
}
