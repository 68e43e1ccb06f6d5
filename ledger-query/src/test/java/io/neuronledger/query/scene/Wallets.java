package io.neuronledger.query.scene;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.WalletAddress;
import java.util.HexFormat;
import java.util.stream.IntStream;

/** Addresses to play with. */
public final class Wallets {
  private static final int DIGITS = 40;

  private Wallets() {}

  /** The address that ends in this number. */
  public static WalletAddress wallet(int number) {
    return new WalletAddress("0x" + "abcdef" + "0".repeat(DIGITS - 6 - 8) + HexFormat.of().toHexDigits(number));
  }

  /** The nth wallet whose partition this is. */
  public static WalletAddress inPartition(int partition, int nth, Partitions partitions) {
    return IntStream.iterate(1, number -> number + 1).mapToObj(Wallets::wallet)
        .filter(wallet -> partitions.of(wallet) == partition).skip(nth).findFirst().orElseThrow();
  }
}
