package io.neuronledger.wallet.autofund;

import io.neuronledger.wallet.funding.FundingPolicy;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.SendOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.outcome.Outcome;
import io.neuronledger.wallet.send.SendSession;
import io.neuronledger.wallet.send.Sending;
import io.neuronledger.wallet.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code auto-fund}. */
@Command(name = "auto-fund", description = "Keeps sub-accounts funded by a policy: transfers from the ledger to a "
    + "sub-account as soon as less than its threshold is spendable, never above its caps, and never against a refund "
    + "unless the policy allows it. Goes on until Ctrl-C, or ends after so many failures in a row as the policy says.")
public final class AutoFund implements Callable<Integer> {
  @Option(names = "--policy", paramLabel = "FILE", required = true, description = "the policy, in JSON; the journal of "
      + "what was signed is beside it, FILE.journal")
  private Path policyFile = Path.of("");

  @Option(names = "--once", description = "one look at every sub-account, for cron")
  private boolean once;

  @Option(names = "--simulate", description = "what it would have done in the last 30 days; sends nothing and needs no "
      + "key")
  private boolean simulate;

  @Mixin
  private final LedgerOptions ledger;

  @Mixin
  private final SendOptions options;

  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final OutputOptions output = new OutputOptions();

  @Spec
  private CommandSpec command = CommandSpec.create();

  public AutoFund(Surroundings surroundings) {
    this.ledger = new LedgerOptions(surroundings);
    this.options = new SendOptions(ledger);
    this.owner = new OwnerOptions(ledger);
  }

  @Override
  public Integer call() {
    var _ = output.format();
    FundingPolicy policy = policy();
    if (simulate) {
      new SimulatedMonth(policy, ledger, owner.owner(), output).print();
      return Outcome.DONE.exitCode();
    }
    requireOwnWallet();
    if (!options.yes() && !options.dryRun()) {
      throw CommandFailure.refused("Nobody is asked before each transfer: run it with --yes, or look first with "
          + "--dry-run or --simulate. Nothing was signed.");
    }
    try (FundingJournal journal = FundingJournal.of(policyFile, output::note)) {
      return (once ? round(policy, journal, policy.rules()) : rounds(policy, journal)).exitCode();
    }
  }

  private void requireOwnWallet() {
    ledger.key().address().filter(key -> !key.equals(owner.owner())).ifPresent(key -> {
      throw CommandFailure.refused("The key is that of " + key.checksummed() + ", not of "
          + owner.owner().checksummed() + ": nothing was signed.");
    });
  }

  private FundingPolicy policy() {
    try {
      return FundingPolicy.read(Files.readString(policyFile));
    } catch (IOException e) {
      throw CommandFailure.refused("The policy " + policyFile + " cannot be read.");
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("The policy " + policyFile + " is wrong: "
          + Printable.of(String.valueOf(e.getMessage())) + ".");
    }
  }

  private Outcome round(FundingPolicy policy, FundingJournal journal, List<FundingRule> due) {
    try (SendSession session = SendSession.open(ledger, options, policy)) {
      Sending sending = new Sending(command.name(), ledger, options, output, true);
      return new FundingRound(policy, session, sending, journal, new DecisionOutput(output),
          ledger.surroundings().clock()).run(due);
    }
  }

  private Outcome rounds(FundingPolicy policy, FundingJournal journal) {
    Map<FundingRule, Instant> next = new HashMap<>();
    int failures = 0;
    while (true) {
      Instant now = ledger.surroundings().clock().instant();
      List<FundingRule> due =
          policy.rules().stream().filter(rule -> !next.getOrDefault(rule, now).isAfter(now)).toList();
      Outcome outcome = caught(policy, journal, due);
      if (outcome == Outcome.FAILED || outcome == Outcome.UNKNOWN) {
        failures++;
        output.note("Failure " + failures + " of " + policy.failuresMax() + " in a row.");
      } else {
        failures = 0;
      }
      if (failures >= policy.failuresMax()) {
        output.note("Auto-funding ends: it has failed " + failures + " times in a row.");
        return outcome;
      }
      Instant looked = ledger.surroundings().clock().instant();
      due.forEach(rule -> next.put(rule, looked.plus(rule.interval())));
      Instant first = next.values().stream().min(Instant::compareTo).orElseThrow();
      ledger.surroundings().pauses().accept(Duration.between(looked, first.isBefore(looked) ? looked : first));
    }
  }

  /** A failure of ledger or node is a failed round; what is refused before anything is signed is one, too. */
  private Outcome caught(FundingPolicy policy, FundingJournal journal, List<FundingRule> due) {
    try {
      return round(policy, journal, due);
    } catch (CommandFailure e) {
      output.note(e.sentence());
      return e.outcome() == Outcome.REFUSED ? Outcome.FAILED : e.outcome();
    }
  }
}
