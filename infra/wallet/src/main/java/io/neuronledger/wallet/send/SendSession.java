package io.neuronledger.wallet.send;

import io.neuronledger.client.query.model.Deployment;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.funding.FundingPolicy;
import io.neuronledger.wallet.ledger.OwnerReader;
import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.function.Function;

/**
 * A ledger and a node that agree about the chain and the contract.
 *
 * @param owner whose key is at hand
 * @param unresolved what was signed on this machine and is not in the ledger, by whichever command
 */
public record SendSession(WalletAddress owner, OwnerReader reader, Target target, NodeClient node,
    UnresolvedSends unresolved) implements AutoCloseable {
  /**
   * Opens what the commands send by.
   *
   * @throws CommandFailure without a key, where ledger, node and options do not agree, or if nobody confirms and nobody
   *     has named chain and contract
   */
  static SendSession open(LedgerOptions ledger, SendOptions options) {
    return open(ledger, options, deployment -> Target.of(deployment, options));
  }

  /**
   * Opens what a policy sends by: it names chain and contract.
   *
   * @throws CommandFailure without a key, or where ledger, node, options and policy do not agree
   */
  public static SendSession open(LedgerOptions ledger, SendOptions options, FundingPolicy policy) {
    return open(ledger, options, deployment -> Target.of(deployment, options, policy));
  }

  private static SendSession open(LedgerOptions ledger, SendOptions options, Function<Deployment, Target> targets) {
    WalletAddress owner = ledger.key().address()
        .orElseThrow(() -> CommandFailure.refused("A wallet that sends needs its key: see --keystore."));
    OwnerReader reader = new OwnerReader(ledger.reader(), owner);
    Target target = targets.apply(reader.deployment());
    UnresolvedSends unresolved = new UnresolvedSends(options.stateFolder());
    NodeClient node = new NodeClient(options.rpcUrl());
    try {
      target.require(node);
    } catch (CommandFailure e) {
      node.close();
      throw e;
    }
    return new SendSession(owner, reader, target, node, unresolved);
  }

  @Override
  public void close() {
    node.close();
  }
}
