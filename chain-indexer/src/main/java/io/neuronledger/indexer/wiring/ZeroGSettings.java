package io.neuronledger.indexer.wiring;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.zerog.fold.Implementations;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What must be known of the 0G Compute contracts besides their address; most of it comes with the network. Environment:
 * {@code NEURON_LEDGER_ZERO_G_…}.
 *
 * @param implementations further implementations that somebody has looked at and found to be like the described ones
 * @param acceptUnknownImplementations whether to go on behind an implementation that nobody has described, with
 *     everything marked as unverified from there on
 * @param describedImplementations the network's
 * @param firstDescribedBlock a start before it is refused
 * @param firstDescribedReason why, for people
 * @param minimumDeposit the smallest first deposit, in neuron, as LedgerManager should say it
 * @param minimumTransfer the smallest first transfer to a provider, likewise
 */
@ConfigurationProperties("neuron-ledger.zero-g")
public record ZeroGSettings(List<String> implementations, boolean acceptUnknownImplementations,
    List<String> describedImplementations, long firstDescribedBlock, String firstDescribedReason,
    Optional<String> minimumDeposit, Optional<String> minimumTransfer) {
  private static final String ENV = "NEURON_LEDGER_ZERO_G_";

  public ZeroGSettings {
    implementations = List.copyOf(implementations);
    describedImplementations = List.copyOf(describedImplementations);
    for (String address : implementations) {
      Setting.require(DeploymentSettings.isAddress(address), ENV + "IMPLEMENTATIONS",
          "must hold addresses, 0x and 40 hex digits", address);
    }
  }

  Implementations known() {
    Set<WalletAddress> known = new HashSet<>();
    describedImplementations.forEach(address -> known.add(WalletAddress.parse(address)));
    implementations.forEach(address -> known.add(WalletAddress.parse(address)));
    return new Implementations(known, acceptUnknownImplementations);
  }

  Optional<Minima> minima() {
    return minimumDeposit.flatMap(deposit ->
        minimumTransfer.map(transfer -> new Minima(Neuron.parse(deposit), Neuron.parse(transfer))));
  }

  /** @throws IllegalArgumentException if nobody has described what the contracts were like there */
  void checkStart(long startBlock) {
    Setting.require(startBlock >= firstDescribedBlock, "NEURON_LEDGER_START_BLOCK",
        "must be " + firstDescribedBlock + " or later on this network: " + firstDescribedReason
            + ". Start later, with a snapshot", startBlock);
  }
}
