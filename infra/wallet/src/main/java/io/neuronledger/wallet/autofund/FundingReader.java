package io.neuronledger.wallet.autofund;

import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.funding.FundingState;
import io.neuronledger.wallet.funding.FundingState.Nonces;
import io.neuronledger.wallet.funding.PastTransfer;
import io.neuronledger.wallet.ledger.OwnerReader.EntriesAt;
import io.neuronledger.wallet.ledger.OwnerReader.HoldingsAt;
import io.neuronledger.wallet.ledger.OwnerReader.ReadBlock;
import io.neuronledger.wallet.ledger.ReadPoint;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.plan.SubAccountHoldings;
import io.neuronledger.wallet.send.SendSession;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Reads what a decision depends on, from a ledger and a node that are on the same branch of the chain. */
final class FundingReader {
  private final SendSession session;
  private final int confirmations;

  /** What the ledger answers, and the same with what the node adds. */
  record Read(HoldingsAt holdings, FundingState state) {}

  FundingReader(SendSession session, int confirmations) {
    this.session = session;
    this.confirmations = confirmations;
  }

  /**
   * Reads the ledger first and the wallet's newest nonces last: what was sent in between shows.
   *
   * @throws CommandFailure where a fork is under way between both
   */
  Read read(FundingRule rule, Instant now) {
    HoldingsAt holdings = session.reader().holdings();
    if (holdings.at().isEmpty()) {
      BigInteger mined = session.node().nonce(session.owner());
      return new Read(holdings, new FundingState(holdings.holdings(), now, holdings.behind(),
          holdings.quarantined(), List.of(), Neuron.ZERO, new Nonces(mined, mined, mined,
              session.node().pendingNonce(session.owner()))));
    }
    ReadBlock at = holdings.at().get();
    EntriesAt transfers = session.reader().entries(List.of(EntryType.FUNDS_TRANSFERRED_V1),
        Optional.of(rule.provider()), Optional.of(rule.service()), Optional.empty());
    if (transfers.at().number() < at.number()) {
      throw fork(at);
    }
    long deep = Math.max(0, Math.min(session.node().newestBlock() - confirmations, at.number()));
    HoldingsAt deepHoldings = session.reader().holdings(new ReadPoint(Optional.of(deep), Optional.empty()));
    Nonces nonces = new Nonces(session.node().nonceAt(session.owner(), deep),
        session.node().nonceAt(session.owner(), at.number()), session.node().nonce(session.owner()),
        session.node().pendingNonce(session.owner()));
    requireOnChain(at);
    requireOnChain(transfers.at());
    deepHoldings.at().ifPresent(this::requireOnChain);
    Neuron deepPending = deepHoldings.holdings().find(rule.provider(), rule.service())
        .map(SubAccountHoldings::pending).orElse(Neuron.ZERO);
    return new Read(holdings, new FundingState(holdings.holdings(), at.time(), holdings.behind(),
        holdings.quarantined(), transfers.entries().stream().map(FundingReader::transfer).toList(), deepPending,
        nonces));
  }

  private void requireOnChain(ReadBlock block) {
    if (!session.node().isOnChain(block.number(), block.hash())) {
      throw fork(block);
    }
  }

  private static CommandFailure fork(ReadBlock block) {
    return CommandFailure.failed("The ledger and the node have different blocks " + block.number()
        + ": a fork is under way, or the node lags. Nothing was signed.");
  }

  static PastTransfer transfer(Entry entry) {
    try {
      Neuron cancelled = Optional.ofNullable(entry.getDetails().getCancelled()).map(Neuron::parse)
          .orElse(Neuron.ZERO);
      return new PastTransfer(Objects.requireNonNull(entry.getBlockTime()).toInstant(),
          Neuron.parse(Objects.requireNonNull(entry.getAmount())).plus(cancelled));
    } catch (IllegalArgumentException | NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger answers a transfer without its time or amount.", e);
    }
  }
}
