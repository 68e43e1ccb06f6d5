package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.indexer.decode.zerog.code.CodeReference;
import io.neuronledger.indexer.decode.zerog.replay.Implementations;
import io.neuronledger.indexer.decode.zerog.state.Minima;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the 0G Compute contracts besides their address; most come with the network. Environment: {@code
 * NEURON_LEDGER_ZERO_G_…}.
 *
 * @param implementations further code, reviewed by the operator and equivalent to the described code; each an address
 *     that holds it, or its hash
 * @param acceptUnknownImplementations whether to continue with unknown code, with all later readings marked as
 *     unverified
 * @param describedImplementations the network's implementations, in the same form
 * @param firstDescribedBlock an earlier start is refused
 * @param firstDescribedReason the reason, for the operator
 * @param minimumDeposit the expected smallest first deposit of LedgerManager, in neuron
 * @param minimumTransfer the expected smallest first transfer to a provider, in neuron
 */
@ConfigurationProperties("neuron-ledger.zero-g")
public record ZeroGSettings(List<String> implementations, boolean acceptUnknownImplementations,
    List<String> describedImplementations, long firstDescribedBlock, String firstDescribedReason,
    Optional<String> minimumDeposit, Optional<String> minimumTransfer) {
  private static final String ENV = "NEURON_LEDGER_ZERO_G_";

  public ZeroGSettings {
    implementations = List.copyOf(implementations);
    describedImplementations = List.copyOf(describedImplementations);
    implementations.forEach(text -> check(text, ENV + "IMPLEMENTATIONS"));
    describedImplementations.forEach(text -> check(text, "neuron-ledger.zero-g.described-implementations"));
  }

  private static void check(String text, String setting) {
    Setting.require(isReference(text), setting,
        "must hold addresses, 0x and 40 hex digits, or code hashes, 0x and 64 hex digits", text);
    Setting.require(!DeploymentSettings.isAddress(text) || DeploymentSettings.isTyped(text), setting,
        "holds an address whose EIP-55 checksum is wrong", text);
  }

  private static boolean isReference(String text) {
    try {
      var _ = CodeReference.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  public Implementations known() {
    return new Implementations(references(describedImplementations), references(implementations),
        acceptUnknownImplementations);
  }

  private static Set<CodeReference> references(List<String> texts) {
    return texts.stream().map(CodeReference::parse).collect(Collectors.toUnmodifiableSet());
  }

  public Optional<Minima> minima() {
    return minimumDeposit.flatMap(deposit ->
        minimumTransfer.map(transfer -> new Minima(Neuron.parse(deposit), Neuron.parse(transfer))));
  }

  /** @throws IllegalArgumentException if the contracts' code at that block is not described */
  public void checkStart(long startBlock) {
    Setting.require(startBlock >= firstDescribedBlock, "NEURON_LEDGER_START_BLOCK",
        "must be " + firstDescribedBlock + " or later on this network: " + firstDescribedReason
            + ". Start later, with a snapshot", startBlock);
  }
}
