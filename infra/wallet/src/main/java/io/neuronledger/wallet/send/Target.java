package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.Deployment;
import io.neuronledger.contracts.balance.ContractRules;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.funding.FundingPolicy;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.plan.KnownNetwork;
import io.neuronledger.wallet.text.Printable;

/**
 * The chain and the contract that a transaction is for: what the ledger follows, where neither the node nor the
 * person who sends contradicts it.
 */
public record Target(long chainId, String family, WalletAddress contract) {
  /**
   * The target of what is sent.
   *
   * @throws CommandFailure if the ledger follows another one than asked for, contracts that are not known here, or on
   *     a public network another one than that network's; or if nobody confirms and nobody has named the target
   */
  static Target of(Deployment deployment, SendOptions options) {
    Target target = asked(deployment, options);
    if (options.yes() && KnownNetwork.of(target.chainId()).isEmpty() && !options.isOfStack()
        && (options.chainId().isEmpty() || options.contract().isEmpty())) {
      throw CommandFailure.refused("With --yes nobody reads which contract is called on which chain: give both "
          + "--chain-id and --contract. Nothing was signed.");
    }
    return target;
  }

  /**
   * The target of what is sent by a policy, which names it in place of the options of {@code --yes}.
   *
   * @throws CommandFailure if the ledger follows another one than the policy's or the one asked for, contracts that
   *     are not known here, or on a public network another one than that network's
   */
  static Target of(Deployment deployment, SendOptions options, FundingPolicy policy) {
    Target target = asked(deployment, options);
    if (target.chainId() != policy.chainId() || !target.contract().equals(policy.contract())) {
      throw CommandFailure.refused("The policy is for chain " + policy.chainId() + " and contract "
          + policy.contract().checksummed() + ", and the ledger follows chain " + target.chainId() + " and contract "
          + target.contract().checksummed() + ": nothing was signed.");
    }
    return target;
  }

  private static Target asked(Deployment deployment, SendOptions options) {
    Target target = read(deployment);
    options.chainId().filter(expected -> expected != target.chainId()).ifPresent(expected -> {
      throw CommandFailure.refused("The ledger follows chain " + target.chainId() + ", not " + expected
          + ": nothing was signed.");
    });
    KnownNetwork.of(target.chainId()).ifPresent(target::require);
    options.contract().ifPresent(target::require);
    return target;
  }

  private void require(KnownNetwork network) {
    require(network.contract());
    if (!family.equals(ContractRules.ZERO_G)) {
      throw CommandFailure.refused("On chain " + chainId + " the contracts are of the family " + ContractRules.ZERO_G
          + ", and the ledger says " + family + ": nothing was signed.");
    }
  }

  private void require(WalletAddress expected) {
    if (!expected.equals(contract)) {
      throw CommandFailure.refused("The ledger follows the contract " + contract.checksummed() + ", not "
          + expected.checksummed() + ": nothing was signed.");
    }
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

  /** The limits of its contracts. */
  public ContractRules rules() {
    return ContractRules.of(family, chainId);
  }
}
