package io.neuronledger.wallet.send;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.chain.UnsignedTransaction;
import io.neuronledger.wallet.chain.WalletCall;
import io.neuronledger.wallet.chain.WalletKey;
import io.neuronledger.wallet.ledger.OwnerReader.HoldingsAt;
import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.outcome.Outcome;
import io.neuronledger.wallet.plan.Forecast;
import io.neuronledger.wallet.plan.Forecaster;
import io.neuronledger.wallet.plan.Holdings;
import io.neuronledger.wallet.plan.WalletAction;
import io.neuronledger.wallet.send.UnresolvedSends.Send;
import io.neuronledger.wallet.text.Printable;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One transaction from what was typed to what the ledger shows: it is foreseen, shown, confirmed, signed, sent and
 * awaited, in this order. The signature covers what was shown and nothing else, whatever node and ledger answer.
 */
public final class Sending {
  /** What a call needs can grow by what happens before it. */
  private static final int GAS_PERCENT = 125;
  private static final int PERCENT = 100;

  private final String name;
  private final LedgerOptions ledgerOptions;
  private final SendOptions options;
  private final OutputOptions output;
  private final boolean oneLine;

  /**
   * Sends by options.
   *
   * @param name of the command
   * @param oneLine whether a report as data is one line, among others
   */
  public Sending(String name, LedgerOptions ledgerOptions, SendOptions options, OutputOptions output,
      boolean oneLine) {
    this.name = name;
    this.ledgerOptions = ledgerOptions;
    this.options = options;
    this.output = output;
    this.oneLine = oneLine;
  }

  /** Whether it only shows what it would send. */
  public boolean isDryRun() {
    return options.dryRun();
  }

  /** @param action from what the owner holds now */
  Outcome run(Function<Holdings, WalletAction> action) {
    try (SendSession session = SendSession.open(ledgerOptions, options)) {
      Supplier<Plan> plans = () -> {
        HoldingsAt now = session.reader().holdings();
        return Plan.of(session, now, action.apply(now.holdings()));
      };
      return send(session, plans.get(), plans, Optional.empty(), (_, _) -> {});
    }
  }

  /**
   * Sends one transaction, if no other one of the wallet may still be mined with another nonce.
   *
   * @param nonce that it must have
   * @param beforeSending takes the signature before it leaves the program: where it throws, nothing is sent
   * @throws CommandFailure if nothing was sent
   */
  public Outcome send(SendSession session, HoldingsAt now, WalletAction wanted, BigInteger nonce,
      BiConsumer<UnsignedTransaction, SignedTransaction> beforeSending) {
    return send(session, Plan.of(session, now, wanted),
        () -> Plan.of(session, session.reader().holdings(), wanted), Optional.of(nonce), beforeSending);
  }

  /** @param plans once more, after a confirmation */
  private Outcome send(SendSession session, Plan plan, Supplier<Plan> plans, Optional<BigInteger> nonce,
      BiConsumer<UnsignedTransaction, SignedTransaction> beforeSending) {
    SendReport report = report(session, plan);
    show(plan.now(), plan.forecast(), report);
    if (plan.forecast().refusal().isPresent()) {
      return ended(report, Outcome.REFUSED);
    }
    UnsignedTransaction transaction = transaction(session, call(session, plan.wanted()));
    nonce.filter(expected -> !expected.equals(transaction.nonce())).ifPresent(expected -> {
      throw CommandFailure.failed("The wallet has sent another transaction meanwhile: nonce " + transaction.nonce()
          + " in place of " + expected + ". Nothing was signed.");
    });
    requireResolved(session, transaction.nonce());
    report = report.with(transaction);
    if (!output.json()) {
      lines(transaction).forEach(output::line);
    }
    if (options.dryRun()) {
      return ended(report, Outcome.DONE);
    }
    confirm(plan);
    if (!options.yes()) {
      requireUnchanged(plan, plans.get(), transaction, session.node());
    }
    if (output.json()) {
      // Before it is signed: the answer comes after.
      lines(transaction).forEach(output::note);
    }
    return sign(session, transaction, List.of(), report, beforeSending);
  }

  private Outcome sign(SendSession session, UnsignedTransaction transaction, List<SignedTransaction> replaced,
      SendReport report, BiConsumer<UnsignedTransaction, SignedTransaction> beforeSending) {
    SignedTransaction signed = key(session.owner()).sign(transaction);
    beforeSending.accept(transaction, signed);
    session.unresolved().add(Send.of(session, transaction.nonce(), signed));
    return sent(signed, replaced, report.sent(signed), session, true);
  }

  /**
   * Goes on with what was signed earlier, until the ledger shows it.
   *
   * @param nonce with which it was signed
   * @param replaced in place of which it was signed: the same call with the same nonce, recorded as well as it
   * @param again whether it is sent once more: the same bytes can be mined only once
   * @throws CommandFailure if it is to be sent, and another transaction of the wallet may still be mined with another
   *     nonce: it was not sent
   */
  public Outcome resume(SendSession session, HoldingsAt now, WalletAction wanted, BigInteger nonce,
      SignedTransaction signed, List<SignedTransaction> replaced, boolean again) {
    if (again) {
      requireResolved(session, nonce);
      session.unresolved().add(Send.of(session, nonce, signed));
    }
    SendReport report = report(session, Plan.of(session, now, wanted)).with(nonce);
    return sent(signed, replaced, report.sent(signed), session, again);
  }

  /**
   * Signs again what waits in the node, at another price: the same call with the same nonce, of which one is mined.
   *
   * @param waiting what was signed earlier, with this nonce; where it is mined, that is recorded as well
   * @param replaced in place of which that was signed
   * @param beforeSending takes the signature before it leaves the program: where it throws, nothing is sent
   * @throws CommandFailure if nothing was sent
   */
  public Outcome replace(SendSession session, HoldingsAt now, WalletAction wanted, BigInteger nonce,
      SignedTransaction waiting, List<SignedTransaction> replaced, Neuron gasPrice,
      BiConsumer<UnsignedTransaction, SignedTransaction> beforeSending) {
    UnsignedTransaction transaction = replacement(session, wanted, nonce, waiting, gasPrice);
    requireAffordable(transaction, session.node());
    requireResolved(session, nonce);
    lines(transaction).forEach(output.json() ? output::note : output::line);
    SendReport report = report(session, Plan.of(session, now, wanted)).with(transaction);
    return options.dryRun() ? ended(report, Outcome.DONE) : sign(session, transaction,
        Stream.concat(replaced.stream(), Stream.of(waiting)).toList(), report, beforeSending);
  }

  /**
   * Why {@link #replace} would refuse the price, as the rest of a sentence; empty where it can be paid.
   *
   * @throws CommandFailure where the node fails
   */
  public Optional<String> unaffordable(SendSession session, WalletAction wanted, BigInteger nonce,
      SignedTransaction waiting, Neuron gasPrice) {
    return unaffordable(replacement(session, wanted, nonce, waiting, gasPrice), session.node());
  }

  private static UnsignedTransaction replacement(SendSession session, WalletAction wanted, BigInteger nonce,
      SignedTransaction waiting, Neuron gasPrice) {
    return new UnsignedTransaction(session.target().chainId(), session.owner(), nonce, gasPrice, waiting.gasLimit(),
        call(session, wanted));
  }

  /** What is wanted of a ledger, and what comes of it. */
  private record Plan(HoldingsAt now, WalletAction wanted, Forecast forecast) {
    static Plan of(SendSession session, HoldingsAt now, WalletAction wanted) {
      return new Plan(now, wanted, new Forecaster(session.target().rules(), session.reader().lockPeriods())
          .of(wanted, now.holdings()));
    }
  }

  private SendReport report(SendSession session, Plan plan) {
    return SendReport.of(name, session.target().chainId(), session.owner().checksummed(),
        call(session, plan.wanted()), plan.now(), plan.forecast());
  }

  private static WalletCall call(SendSession session, WalletAction wanted) {
    return WalletCall.of(wanted, session.target().family(), session.target().contract());
  }

  /** Until the confirmation, time has passed in which what was shown may have changed. */
  private static void requireUnchanged(Plan shown, Plan now, UnsignedTransaction transaction, NodeClient node) {
    requireAccepted(transaction.from(), transaction.call(), node);
    if (!now.wanted().equals(shown.wanted()) || !now.forecast().equals(shown.forecast())
        || !node.nonce(transaction.from()).equals(transaction.nonce())
        || node.pendingNonce(transaction.from()).compareTo(transaction.nonce()) > 0) {
      throw CommandFailure.refused("The wallet or its ledger has changed meanwhile, and what was shown is no longer "
          + "what would happen: send it again. Nothing was signed.");
    }
  }

  /** Only the ledger shows that a transaction has come: a node may withhold it, and name another nonce. */
  private void requireResolved(SendSession session, BigInteger nonce) {
    long chainId = session.target().chainId();
    for (Send each : session.unresolved().of(chainId, session.owner())) {
      if (options.despite().filter(each.hash()::equals).isPresent()
          || !session.reader().entries(Hash.parse(each.hash())).entries().isEmpty()) {
        session.unresolved().resolve(each);
      }
    }
    List<Send> left = session.unresolved().of(chainId, session.owner()).stream()
        .filter(each -> !each.nonce().equals(nonce)).toList();
    if (!left.isEmpty()) {
      throw CommandFailure.refused("The ledger has not shown the transaction " + UnresolvedSends.hashes(left)
          + " of this wallet, with nonce " + left.getFirst().nonce() + ": it may still be mined, and the node wants "
          + "another one with nonce " + nonce + ". If it cannot come any more, as another node says too, "
          + "send with --despite and its hash. Nothing was signed.");
    }
  }

  /** From here on nothing is certain but what the ledger shows: a node may send what it says to refuse. */
  private Outcome sent(SignedTransaction signed, List<SignedTransaction> replaced, SendReport report,
      SendSession session, boolean send) {
    output.note("Signed: " + signed.hash());
    if (send) {
      try {
        session.node().send(signed);
      } catch (CommandFailure e) {
        output.note(e.sentence());
      }
    }
    Set<String> known = new HashSet<>();
    LedgerWait wait = new LedgerWait(session.node(), session.reader(), ledgerOptions.surroundings(), sentence -> {
      if (known.add(sentence)) {
        output.note(sentence);
      }
    });
    SendReport end = wait.until(signed, report, options.timeout());
    for (SignedTransaction each : end.state() == SendReport.State.replaced ? replaced : List.<SignedTransaction>of()) {
      SendReport other = wait.until(each, report.sent(each), options.timeout());
      end = other.state() == SendReport.State.recorded ? other : end;
    }
    if (end.state() == SendReport.State.recorded) {
      session.unresolved().resolve(Send.of(session, end.nonce().orElseThrow(), signed));
    }
    return ended(end, outcome(end, signed));
  }

  private WalletKey key(WalletAddress owner) {
    WalletKey key = ledgerOptions.key().key()
        .orElseThrow(() -> CommandFailure.refused("A wallet that sends needs its key: see --keystore."));
    if (!key.address().equals(owner)) {
      throw CommandFailure.refused("The keystore file names " + owner.checksummed() + " and holds the key of "
          + key.address().checksummed() + ": nothing was signed.");
    }
    return key;
  }

  private static void requireAccepted(WalletAddress owner, WalletCall call, NodeClient node) {
    node.refusal(owner, call).ifPresent(reason -> {
      throw CommandFailure.refused("The contract would refuse it, as the node says: " + reason
          + ". Nothing was signed.");
    });
  }

  private UnsignedTransaction transaction(SendSession session, WalletCall call) {
    WalletAddress owner = session.owner();
    NodeClient node = session.node();
    requireAccepted(owner, call, node);
    BigInteger nonce = node.nonce(owner);
    if (node.pendingNonce(owner).compareTo(nonce) > 0) {
      throw CommandFailure.refused("Another transaction of this wallet waits in the node: wait until it is mined. "
          + "Nothing was signed.");
    }
    BigInteger gas =
        node.gas(owner, call).multiply(BigInteger.valueOf(GAS_PERCENT)).divide(BigInteger.valueOf(PERCENT));
    Neuron price = options.gasPrice().orElseGet(node::gasPrice);
    UnsignedTransaction transaction =
        new UnsignedTransaction(session.target().chainId(), owner, nonce, price, gas, call);
    requireAffordable(transaction, node);
    return transaction;
  }

  private void requireAffordable(UnsignedTransaction transaction, NodeClient node) {
    unaffordable(transaction, node).ifPresent(why -> {
      throw CommandFailure.refused("This cannot be paid: " + why + ". Nothing was signed.");
    });
  }

  private Optional<String> unaffordable(UnsignedTransaction transaction, NodeClient node) {
    BigInteger fee = transaction.gasPrice().value().multiply(transaction.gasLimit());
    if (fee.compareTo(options.maxFee().value()) > 0) {
      return Optional.of("it may cost up to " + Neuron.zeroG(fee) + " 0G in gas, more than --max-fee "
          + options.maxFee().toZeroG());
    }
    BigInteger needed = transaction.call().value().value().add(fee);
    Neuron coins = node.coins(transaction.from());
    return coins.value().compareTo(needed) < 0 ? Optional.of("the wallet has " + coins.toZeroG()
        + " 0G, and this needs up to " + Neuron.zeroG(needed) + " 0G with its gas") : Optional.empty();
  }

  private void show(HoldingsAt now, Forecast forecast, SendReport report) {
    if (output.json()) {
      return;
    }
    output.line(name + " of " + report.from());
    forecast.refusal().ifPresent(rule -> output.line("  Refused: " + Printable.of(rule)));
    forecast.cancels().forEach(effect -> output.line("  " + Printable.of(effect)));
    forecast.effects().forEach(effect -> output.line("  " + Printable.of(effect)));
    output.line("  Before: " + shown(now.holdings()) + now.at().map(at -> ", at block " + at.number()).orElse("")
        + (now.behind() ? ", and the ledger is behind the chain" : ""));
    forecast.after().ifPresent(after -> output.line("  After:  " + shown(after)));
  }

  private String shown(Holdings holdings) {
    return holdings.open()
        ? "available %s, in sub-accounts %s, in all %s %s".formatted(output.format().show(holdings.available()),
            output.format().show(holdings.locked()), output.format().show(holdings.total()), output.format().unit())
        : "no ledger";
  }

  private static List<String> lines(UnsignedTransaction transaction) {
    return List.of(
        "  Chain:    " + transaction.chainId(),
        "  Contract: " + transaction.call().to().checksummed(),
        "  Call:     " + Printable.of(transaction.call().shown()),
        "  Value:    " + transaction.call().value().toZeroG() + " 0G",
        "  Nonce:    " + transaction.nonce(),
        "  Gas:      at most %s at %s neuron each, %s 0G in all".formatted(transaction.gasLimit(),
            transaction.gasPrice(), transaction.feeMax().toZeroG()));
  }

  private void confirm(Plan plan) {
    if (options.yes()) {
      if (plan.now().behind()) {
        throw CommandFailure.refused("The ledger is behind the chain, and with --yes nobody reads that: send it once "
            + "the ledger has caught up. Nothing was signed.");
      }
      return;
    }
    if (output.json()) {
      throw CommandFailure.refused("With --json a transaction is sent with --yes, or shown with --dry-run. "
          + "Nothing was signed.");
    }
    ledgerOptions.surroundings().confirm("Send it?", "Nothing was signed.");
  }

  private Outcome outcome(SendReport report, SignedTransaction signed) {
    Outcome outcome = switch (report.state()) {
      case recorded -> Outcome.DONE;
      case reverted, replaced -> Outcome.FAILED;
      case unchanged, sent, shown, refused -> Outcome.UNKNOWN;
    };
    if (!output.json()) {
      output.line(switch (report.state()) {
        case recorded -> "Recorded in block " + report.block().orElseThrow()
            + (report.finalized().orElseThrow() ? ": " : ", not final yet: ") + String.join(", ", report.entries());
        case reverted -> "The contract refused it in block " + report.block().orElseThrow() + ": only its gas is gone.";
        case unchanged -> "The node says that it was mined in block " + report.block().orElseThrow()
            + ", and the ledger, as of that block, shows nothing of it: look for it by `history --transaction "
            + signed.hash() + "` before it is sent again.";
        case replaced -> "Another transaction of this wallet has nonce " + report.nonce().orElseThrow()
            + ", as the node says, and the ledger shows nothing of this one: it is never mined.";
        case sent, shown, refused -> "The ledger has not shown it within " + options.timeout().toSeconds()
            + " seconds. It may still be mined: look for it by `history --transaction " + signed.hash()
            + "` before it is sent again.";
      });
    }
    return outcome;
  }

  private Outcome ended(SendReport report, Outcome outcome) {
    if (output.json()) {
      output.line(report.json(oneLine));
    }
    return outcome;
  }
}
