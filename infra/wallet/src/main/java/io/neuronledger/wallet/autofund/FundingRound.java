package io.neuronledger.wallet.autofund;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.autofund.FundingJournal.End;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.chain.UnsignedTransaction;
import io.neuronledger.wallet.funding.FundingDecider;
import io.neuronledger.wallet.funding.FundingDecision;
import io.neuronledger.wallet.funding.FundingDecision.Fund;
import io.neuronledger.wallet.funding.FundingPolicy;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.funding.FundingState;
import io.neuronledger.wallet.funding.FundingState.Nonces;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.outcome.Outcome;
import io.neuronledger.wallet.plan.Forecaster;
import io.neuronledger.wallet.plan.WalletAction;
import io.neuronledger.wallet.send.SendSession;
import io.neuronledger.wallet.send.Sending;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One look at some sub-accounts, one after the other. What was signed earlier and has no end comes first; no other
 * transfer is signed while it may still be mined beside it.
 */
final class FundingRound {
  private final FundingPolicy policy;
  private final SendSession session;
  private final Sending sending;
  private final FundingJournal journal;
  private final DecisionOutput output;
  private final InstantSource clock;
  private final FundingReader reader;
  private final FundingDecider decider;

  FundingRound(FundingPolicy policy, SendSession session, Sending sending, FundingJournal journal,
      DecisionOutput output, InstantSource clock) {
    this.policy = policy;
    this.session = session;
    this.sending = sending;
    this.journal = journal;
    this.output = output;
    this.clock = clock;
    this.reader = new FundingReader(session, policy.confirmations());
    this.decider = new FundingDecider(new Forecaster(session.target().rules(), session.reader().lockPeriods()));
  }

  /**
   * Looks at these sub-accounts.
   *
   * @return the worst of what became of them: refused where a rule or the policy forbids a transfer that is needed
   * @throws CommandFailure where ledger or node fail
   */
  Outcome run(List<FundingRule> due) {
    Optional<SignedFunding> earlier = journal.unfinished();
    if (earlier.isPresent() && sending.isDryRun()) {
      return untouched(earlier.get());
    }
    Outcome outcome = earlier.isPresent() ? finish(earlier.get()) : Outcome.DONE;
    for (FundingRule rule : due) {
      if (journal.unfinished().isPresent()) {
        return Outcome.UNKNOWN;
      }
      outcome = worse(outcome, serve(rule));
    }
    return outcome;
  }

  /** Nothing can be decided beside what may still be mined. */
  private Outcome untouched(SignedFunding earlier) {
    output.note("The transfer " + earlier.hash() + " of " + earlier.amount().toZeroG() + " 0G, signed at "
        + earlier.signedAt() + " with nonce " + earlier.nonce() + ", has no end in the journal yet: without --dry-run "
        + "it is gone on with first. Nothing was sent, and the journal is as it was.");
    return Outcome.UNKNOWN;
  }

  private static Outcome worse(Outcome one, Outcome other) {
    List<Outcome> order = List.of(Outcome.DONE, Outcome.REFUSED, Outcome.FAILED, Outcome.UNKNOWN);
    return order.indexOf(one) >= order.indexOf(other) ? one : other;
  }

  private Outcome serve(FundingRule rule) {
    Instant now = clock.instant();
    Decided decided = decided(rule, now, UnaryOperator.identity());
    FundingReader.Read read = decided.read();
    output.decided(now, rule, decided.decision(), read.holdings().at());
    return switch (decided.decision()) {
      case FundingDecision.Enough _ -> Outcome.DONE;
      case FundingDecision.Wait _ -> Outcome.DONE;
      case FundingDecision.Unsure _ -> Outcome.FAILED;
      case FundingDecision.Refuse _ -> Outcome.REFUSED;
      case Fund fund -> ended(sending.send(session, read.holdings(),
          new WalletAction.Transfer(rule.provider(), rule.service(), fund.amount()),
          read.state().nonces().mined(),
          (transaction, signed) -> journal.signed(signed(rule, fund.amount(), transaction, signed, now))));
    };
  }

  private record Decided(FundingReader.Read read, FundingDecision decision) {}

  /**
   * @param known what is decided from, of what was read
   * @throws CommandFailure also where the ledger answers amounts that sum up to more than there can be
   */
  private Decided decided(FundingRule rule, Instant now, UnaryOperator<FundingState> known) {
    try {
      FundingReader.Read read = reader.read(rule, now);
      return new Decided(read, decider.decide(rule, known.apply(read.state()), now));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed("The ledger answers amounts that are more than a contract can hold. Nothing was "
          + "signed.", e);
    }
  }

  private SignedFunding signed(FundingRule rule, Neuron amount, UnsignedTransaction transaction,
      SignedTransaction signed, Instant now) {
    return new SignedFunding(signed.hash(), transaction.chainId(), transaction.call().to(), transaction.from(),
        transaction.nonce(), rule.provider(), rule.service(), amount, now, signed.bytes());
  }

  /** A transaction whose end is not known stays open in the journal. */
  private Outcome ended(Outcome outcome) {
    journal.unfinished().ifPresent(funding -> {
      switch (outcome) {
        case DONE -> journal.ended(funding, End.recorded, clock.instant());
        case FAILED -> journal.ended(funding,
            session.node().mined(funding.hash()).isPresent() ? End.reverted : End.replaced, clock.instant());
        case REFUSED, UNKNOWN -> {
          // Nothing is known of it.
        }
      }
    });
    return outcome;
  }

  private Outcome finish(SignedFunding earlier) {
    if (earlier.chainId() != session.target().chainId() || !earlier.contract().equals(session.target().contract())
        || !earlier.owner().equals(session.owner())) {
      throw CommandFailure.refused("The journal has a transaction of " + earlier.owner().checksummed() + " on chain "
          + earlier.chainId() + " that has no end yet, and this is " + session.owner().checksummed() + " on chain "
          + session.target().chainId() + ": nothing was signed.");
    }
    if (isMined(earlier)) {
      return resume(earlier, false);
    }
    BigInteger mined = session.node().nonce(session.owner());
    if (mined.compareTo(earlier.nonce()) > 0) {
      // It may have been mined between both answers.
      return isMined(earlier) ? resume(earlier, false) : replaced(earlier);
    }
    return session.node().pendingNonce(session.owner()).compareTo(earlier.nonce()) > 0
        ? goOn(earlier, () -> foreign(earlier).or(() -> unwanted(earlier))) : unsent(earlier);
  }

  private boolean isMined(SignedFunding earlier) {
    return signed(earlier).anyMatch(each -> session.node().mined(each.hash()).isPresent());
  }

  /** It, and what it was signed in place of. */
  private Stream<SignedFunding> signed(SignedFunding earlier) {
    return Stream.concat(Stream.of(earlier), journal.replaced().stream());
  }

  /** Another program may have sent what waits there, to cancel it for example: that is not outbid. */
  private Optional<String> foreign(SignedFunding earlier) {
    return signed(earlier).anyMatch(each -> session.node().holds(each.hash())) ? Optional.empty()
        : Optional.of("the node holds another transaction of its nonce");
  }

  /**
   * Goes on with what may still be mined. Where its price has become too low it is signed again at a higher one, as far
   * as the policy allows it; a node may have dropped it for that. The node is given it once more: what waits there may
   * be what it was to replace, and the same bytes are mined once.
   *
   * @param unwanted why it would not be decided again; empty where it would
   */
  private Outcome goOn(SignedFunding earlier, Supplier<Optional<String>> unwanted) {
    Neuron price = earlier.transaction().gasPrice();
    Neuron asked = session.node().gasPrice();
    if (asked.compareTo(price) <= 0) {
      return resume(earlier, true);
    }
    Neuron raised = raised(price, asked);
    String cheap = "The transfer " + earlier.hash() + " of " + earlier.amount().toZeroG() + " 0G is signed at " + price
        + " neuron for one unit of gas, and the node asks for " + asked;
    Optional<String> obstacle = obstacle(earlier, raised).or(unwanted);
    if (obstacle.isPresent()) {
      output.note(cheap + ": it is not replaced at " + raised + ", as " + obstacle.get() + ".");
      return resume(earlier, true);
    }
    output.note(cheap + ": it is replaced at " + raised + ". Only one of the two can be mined.");
    Instant now = clock.instant();
    return ended(sending.replace(session, session.reader().holdings(), earlier.action(), earlier.nonce(),
        earlier.transaction(), replaced(), raised,
        (transaction, signed) -> journal.signed(new SignedFunding(signed.hash(), earlier.chainId(), earlier.contract(),
            earlier.owner(), earlier.nonce(), earlier.provider(), earlier.service(), earlier.amount(), now,
            signed.bytes()))));
  }

  /** Why it is not replaced at this price; empty where it can be. */
  private Optional<String> obstacle(SignedFunding earlier, Neuron raised) {
    if (policy.gasPriceMax().isEmpty()) {
      return Optional.of("the policy has no max_gas_price");
    }
    return policy.gasPriceMax().filter(most -> raised.compareTo(most) > 0)
        .map(most -> "that is above the policy's max_gas_price " + most)
        .or(() -> sending.unaffordable(session, earlier.action(), earlier.nonce(), earlier.transaction(), raised));
  }

  /** Why what waits in the node would not be decided again, had it not been sent; empty where it would. */
  private Optional<String> unwanted(SignedFunding earlier) {
    Optional<FundingRule> rule = policy.rules().stream().filter(earlier::isOf).findFirst();
    if (rule.isEmpty()) {
      return Optional.of("the policy no longer funds its sub-account");
    }
    Decided decided = decided(rule.get(), clock.instant(), state -> without(earlier, state));
    if (isDecidedAgain(earlier, decided)) {
      return Optional.empty();
    }
    return Optional.of((decided.decision() instanceof Fund fund ? fund.amount().toZeroG() + " 0G would be decided now: "
        : "it would not be decided now: ") + decided.decision().reason());
  }

  /** What is known, as if this transfer did not wait in the node; as it is where others wait, too. */
  private static FundingState without(SignedFunding waiting, FundingState state) {
    Nonces nonces = state.nonces();
    return nonces.pending().equals(waiting.nonce().add(BigInteger.ONE))
        ? new FundingState(state.holdings(), state.blockTime(), state.behind(), state.quarantined(), state.transfers(),
            state.deepPending(), new Nonces(nonces.deep(), nonces.atBlock(), nonces.mined(), waiting.nonce()))
        : state;
  }

  private static boolean isDecidedAgain(SignedFunding earlier, Decided decided) {
    return decided.decision() instanceof Fund fund && fund.amount().compareTo(earlier.amount()) >= 0
        && decided.read().state().nonces().mined().equals(earlier.nonce());
  }

  /** What the node asks for, and at least an eighth more than before: nodes take no replacement for less. */
  private static Neuron raised(Neuron price, Neuron asked) {
    Neuron least = new Neuron(price.value().multiply(BigInteger.valueOf(9)).divide(BigInteger.valueOf(8))
        .add(BigInteger.ONE));
    return least.compareTo(asked) >= 0 ? least : asked;
  }

  private Outcome replaced(SignedFunding earlier) {
    output.note("The transfer " + earlier.hash() + " of " + earlier.amount().toZeroG() + " 0G is never mined, as the "
        + "node says: another transaction has its nonce " + earlier.nonce() + ".");
    journal.ended(earlier, End.replaced, clock.instant());
    return Outcome.DONE;
  }

  /** Sent again only where it would be decided again. */
  private Outcome unsent(SignedFunding earlier) {
    Optional<FundingRule> rule = policy.rules().stream().filter(earlier::isOf).findFirst();
    if (rule.isPresent()) {
      Instant now = clock.instant();
      Decided decided = decided(rule.get(), now, UnaryOperator.identity());
      FundingDecision decision = decided.decision();
      if (decision instanceof FundingDecision.Unsure || decision instanceof FundingDecision.Wait) {
        output.decided(now, rule.get(), decision, decided.read().holdings().at());
        return decision instanceof FundingDecision.Unsure ? Outcome.FAILED : Outcome.UNKNOWN;
      }
      if (isDecidedAgain(earlier, decided)) {
        output.note("The transfer " + earlier.hash() + " of " + earlier.amount().toZeroG() + " 0G, signed at "
            + earlier.signedAt() + ", is in no block and does not wait in the node: it is sent again.");
        return goOn(earlier, Optional::empty);
      }
    }
    output.note("The transfer " + earlier.hash() + " of " + earlier.amount().toZeroG() + " 0G, signed at "
        + earlier.signedAt() + ", is in no block, does not wait in the node, and is no longer wanted: it is not sent "
        + "again. What is sent next has its nonce " + earlier.nonce() + ", and only one of the two can be mined.");
    journal.ended(earlier, End.abandoned, clock.instant());
    return Outcome.DONE;
  }

  private Outcome resume(SignedFunding earlier, boolean again) {
    return ended(sending.resume(session, session.reader().holdings(), earlier.action(), earlier.nonce(),
        earlier.transaction(), replaced(), again));
  }

  private List<SignedTransaction> replaced() {
    return journal.replaced().stream().map(SignedFunding::transaction).toList();
  }
}
