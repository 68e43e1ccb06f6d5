package io.neuronledger.wallet.send;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.NodeClient;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.chain.UnsignedTransaction;
import io.neuronledger.wallet.chain.WalletCall;
import io.neuronledger.wallet.chain.WalletKey;
import io.neuronledger.wallet.ledger.LedgerClient;
import io.neuronledger.wallet.ledger.OwnerReader;
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
import io.neuronledger.wallet.text.Printable;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One transaction from what was typed to what the ledger shows: it is foreseen, shown, confirmed, signed, sent and
 * awaited, in this order. The signature covers what was shown and nothing else, whatever node and ledger answer.
 */
final class Sending {
  /** What a call needs can grow by what happens before it. */
  private static final int GAS_PERCENT = 125;
  private static final int PERCENT = 100;

  private final String name;
  private final LedgerOptions ledgerOptions;
  private final SendOptions options;
  private final OutputOptions output;

  Sending(String name, LedgerOptions ledgerOptions, SendOptions options, OutputOptions output) {
    this.name = name;
    this.ledgerOptions = ledgerOptions;
    this.options = options;
    this.output = output;
  }

  /** @param action from what the owner holds now */
  Outcome run(Function<Holdings, WalletAction> action) {
    WalletAddress owner = ledgerOptions.key().address()
        .orElseThrow(() -> CommandFailure.refused("A wallet that sends needs its key: see --keystore."));
    LedgerClient ledger = ledgerOptions.client();
    OwnerReader reader = new OwnerReader(ledger, owner);
    Target target = Target.of(reader.deployment(), options);
    try (NodeClient node = new NodeClient(options.rpcUrl())) {
      target.require(node);
      HoldingsAt now = reader.holdings();
      WalletAction wanted = action.apply(now.holdings());
      Forecast forecast = new Forecaster(target.rules(), reader.lockPeriods()).of(wanted, now.holdings());
      WalletCall call = WalletCall.of(wanted, target.family(), target.contract());
      SendReport report = SendReport.of(name, target.chainId(), owner.checksummed(), call, forecast);
      show(now, forecast, report);
      if (forecast.refusal().isPresent()) {
        return ended(report, Outcome.REFUSED);
      }
      UnsignedTransaction transaction = transaction(target, owner, call, node);
      report = report.with(transaction);
      if (!output.json()) {
        lines(transaction).forEach(output::line);
      }
      if (options.dryRun()) {
        return ended(report, Outcome.DONE);
      }
      confirm();
      if (output.json()) {
        // Before it is signed: the answer comes after.
        lines(transaction).forEach(output::note);
      }
      SignedTransaction signed = key(owner).sign(transaction);
      return sent(signed, report.sent(signed), node, reader);
    }
  }

  /** From here on nothing is certain but what the ledger shows: a node may send what it says to refuse. */
  private Outcome sent(SignedTransaction signed, SendReport report, NodeClient node, OwnerReader reader) {
    output.note("Signed: " + signed.hash());
    try {
      node.send(signed);
    } catch (CommandFailure e) {
      output.note(e.sentence());
    }
    Set<String> known = new HashSet<>();
    return await(new LedgerWait(node, reader, ledgerOptions.surroundings(), sentence -> {
      if (known.add(sentence)) {
        output.note(sentence);
      }
    }), signed, report);
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

  private UnsignedTransaction transaction(Target target, WalletAddress owner, WalletCall call, NodeClient node) {
    Optional<String> refusal = node.refusal(owner, call);
    if (refusal.isPresent()) {
      throw CommandFailure.refused("The contract would refuse it, as the node says: " + refusal.get()
          + ". Nothing was signed.");
    }
    BigInteger nonce = node.nonce(owner);
    if (node.pendingNonce(owner).compareTo(nonce) > 0) {
      throw CommandFailure.refused("Another transaction of this wallet waits in the node: wait until it is mined. "
          + "Nothing was signed.");
    }
    BigInteger gas =
        node.gas(owner, call).multiply(BigInteger.valueOf(GAS_PERCENT)).divide(BigInteger.valueOf(PERCENT));
    Neuron price = options.gasPrice().orElseGet(node::gasPrice);
    BigInteger fee = price.value().multiply(gas);
    if (fee.compareTo(options.maxFee().value()) > 0) {
      throw CommandFailure.refused("It may cost up to " + Neuron.zeroG(fee) + " 0G in gas, more than --max-fee "
          + options.maxFee().toZeroG() + ". Nothing was signed.");
    }
    Neuron needed = call.value().plus(new Neuron(fee));
    Neuron coins = node.coins(owner);
    if (coins.compareTo(needed) < 0) {
      throw CommandFailure.refused("The wallet has " + coins.toZeroG() + " 0G, and this needs up to "
          + needed.toZeroG() + " 0G with its gas. Nothing was signed.");
    }
    return new UnsignedTransaction(target.chainId(), owner, nonce, price, gas, call);
  }

  private void show(HoldingsAt now, Forecast forecast, SendReport report) {
    if (output.json()) {
      return;
    }
    output.line(name + " of " + report.from());
    forecast.refusal().ifPresent(rule -> output.line("  Refused: " + Printable.of(rule)));
    forecast.cancels().forEach(effect -> output.line("  " + Printable.of(effect)));
    forecast.effects().forEach(effect -> output.line("  " + Printable.of(effect)));
    output.line("  Before: " + shown(now.holdings()) + (now.block() < 0 ? "" : ", at block " + now.block())
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

  private void confirm() {
    if (options.yes()) {
      return;
    }
    if (output.json()) {
      throw CommandFailure.refused("With --json a transaction is sent with --yes, or shown with --dry-run. "
          + "Nothing was signed.");
    }
    String answer = ledgerOptions.surroundings().line().apply("Send it? Type yes: ")
        .orElseThrow(() -> CommandFailure.refused("There is no terminal to ask on: send with --yes. Nothing was "
            + "signed."));
    if (!answer.strip().toLowerCase(Locale.ROOT).equals("yes")) {
      throw CommandFailure.refused("Not confirmed. Nothing was signed.");
    }
  }

  private Outcome await(LedgerWait wait, SignedTransaction signed, SendReport sent) {
    SendReport report = wait.until(signed, sent, options.timeout());
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
    return ended(report, outcome);
  }

  private Outcome ended(SendReport report, Outcome outcome) {
    if (output.json()) {
      output.line(report.json());
    }
    return outcome;
  }
}
