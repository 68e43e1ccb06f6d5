package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.plan.ContractRules;
import io.neuronledger.wallet.plan.KnownNetwork;
import io.neuronledger.wallet.text.Printable;

/**
 * The chain and the contract that a transaction is for: what the ledger follows, where neither the node nor the
 * person who sends contradicts it.
 */
record Target(long chainId, String family, WalletAddress contract) {
  /** @throws CommandFailure if the ledger follows another one than asked for, or contracts that are not known here */
  static Target of(Deployment deployment, SendOptions options) {
    Target target = read(deployment);
    options.chainId().filter(expected -> expected != target.chainId()).ifPresent(expected -> {
      throw CommandFailure.refused("The ledger follows chain " + target.chainId() + ", not " + expected
          + ": nothing was signed.");
    });
    options.contract().or(() -> KnownNetwork.of(target.chainId()).map(KnownNetwork::contract))
        .filter(expected -> !expected.equals(target.contract())).ifPresent(expected -> {
          throw CommandFailure.refused("The ledger follows the contract " + target.contract().checksummed() + ", not "
              + expected.checksummed() + ": nothing was signed.");
        });
    return target;
  }

  private static Target read(Deployment deployment) {
    try {
      ContractRules.of(deployment.getFamily(), deployment.getChainId());
      if (deployment.getChainId() < 1) {
        throw new IllegalArgumentException("no chain id: " + deployment.getChainId());
      }
      return new Target(deployment.getChainId(), deployment.getFamily(),
          WalletAddress.typed(deployment.getContracts().getFirst()));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("The ledger follows what cannot be sent to, "
          + Printable.of(String.valueOf(e.getMessage())) + ": nothing was signed.");
    }
  }

  /** @throws CommandFailure if the node is on another chain, or has no contract there */
  void require(NodeClient node) {
    long ofNode = node.chainId();
    if (ofNode != chainId) {
      throw CommandFailure.refused("The node is on chain " + ofNode + " and the ledger on chain " + chainId
          + ": nothing was signed.");
    }
    if (!node.hasCode(contract)) {
      throw CommandFailure.refused("The node has no contract at " + contract.checksummed() + ": nothing was signed.");
    }
  }

  ContractRules rules() {
    return ContractRules.of(family, chainId);
  }
}
