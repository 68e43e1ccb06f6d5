package io.neuronledger.command.scene;

import io.neuronledger.contracts.event.Partitions;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.contracts.value.WalletAddress;

/** Who appears in the tests. */
public final class Wallets {
  public static final WalletAddress ALICE = wallet(1);
  public static final WalletAddress BOB = wallet(2);
  public static final WalletAddress PROVIDER = wallet(1_001);
  public static final WalletAddress OTHER_PROVIDER = wallet(1_002);
  public static final ServiceName INFERENCE = ServiceName.of("inference-v1.0");
  public static final ServiceName TUNING = ServiceName.of("fine-tuning-v1.0");
  public static final SubAccountId ALICES = new SubAccountId(ALICE, PROVIDER, INFERENCE);

  private Wallets() {}

  public static WalletAddress wallet(long number) {
    return WalletAddress.parse("0x%040x".formatted(number));
  }

  /** The {@code n}-th wallet that travels in the partition. */
  public static WalletAddress inPartition(Partitions partitions, int partition, int n) {
    int found = 0;
    for (long number = 1; ; number++) {
      WalletAddress wallet = wallet(number);
      if (partitions.of(wallet) == partition && found++ == n) {
        return wallet;
      }
    }
  }

  /** In 0G. */
  public static Neuron coins(String amount) {
    return Neuron.ofZeroG(amount);
  }
}
