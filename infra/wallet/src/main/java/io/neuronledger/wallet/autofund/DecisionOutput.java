package io.neuronledger.wallet.autofund;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.funding.FundingDecision;
import io.neuronledger.wallet.funding.FundingRule;
import io.neuronledger.wallet.ledger.OwnerReader.ReadBlock;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.text.JsonText;
import io.neuronledger.wallet.text.Printable;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Each decision as one line; one that leaves a sub-account without what it needs also on the standard error. */
final class DecisionOutput {
  private final OutputOptions output;

  /** A decision as data; the amount is in neuron. */
  private record Line(String time, String provider, String service, String decision, Optional<Neuron> amount,
      String reason, Optional<Long> block) {}

  DecisionOutput(OutputOptions output) {
    this.output = output;
  }

  void decided(Instant now, FundingRule rule, FundingDecision decision, Optional<ReadBlock> at) {
    String kind = decision.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    Optional<Neuron> amount =
        decision instanceof FundingDecision.Fund fund ? Optional.of(fund.amount()) : Optional.empty();
    String reason = Printable.of(decision.reason());
    if (output.json()) {
      output.line(JsonText.line(new Line(now.toString(), rule.provider().checksummed(),
          rule.service().value(), kind, amount, reason, at.map(ReadBlock::number))));
    } else {
      output.line(now + "  " + rule.shown() + "  " + kind
          + amount.map(each -> " " + output.format().show(each) + " " + output.format().unit()).orElse("") + ": "
          + reason + at.map(block -> ", at block " + block.number()).orElse(""));
    }
    if (!(decision instanceof FundingDecision.Fund) && !(decision instanceof FundingDecision.Enough)) {
      note("Not funded, " + rule.shown() + ": " + reason + ".");
    }
  }

  void note(String sentence) {
    output.note(sentence);
  }
}
