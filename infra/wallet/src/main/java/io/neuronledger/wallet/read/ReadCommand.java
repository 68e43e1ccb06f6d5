package io.neuronledger.wallet.read;

import io.neuronledger.client.query.model.AsOf;
import io.neuronledger.wallet.ledger.LedgerReader;
import io.neuronledger.wallet.option.LedgerOptions;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.outcome.Outcome;
import io.neuronledger.wallet.text.Printable;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What the commands that read have in common. */
abstract class ReadCommand implements Callable<Integer> {
  @Mixin
  private final LedgerOptions ledgerOptions;

  @Mixin
  private final OutputOptions output = new OutputOptions();

  private Optional<LedgerReader> ledger = Optional.empty();

  ReadCommand(Surroundings surroundings) {
    this.ledgerOptions = new LedgerOptions(surroundings);
  }

  /** Asks and prints. */
  abstract void read();

  final LedgerOptions ledgerOptions() {
    return ledgerOptions;
  }

  final OutputOptions output() {
    return output;
  }

  final LedgerReader ledger() {
    if (ledger.isEmpty()) {
      ledger = Optional.of(ledgerOptions.reader());
    }
    return ledger.get();
  }

  final void json(Object answer) {
    output.line(LedgerReader.json(answer));
  }

  /**
   * Lines of a list as data.
   *
   * @param owner whose they are; empty where the list has no one owner
   * @param name of the list
   */
  final void json(AsOf asOf, Optional<String> owner, String name, Pages.Lines<?, ?> read) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("as_of", asOf);
    owner.ifPresent(each -> answer.put("owner", each));
    answer.put(name, read.lines());
    answer.put("has_more", read.more());
    json(answer);
  }

  /** The last line of a list, where it goes on. */
  final void more(Pages.Lines<?, ?> read) {
    if (read.more()) {
      output.line("There are more: see --limit.");
    }
  }

  /** An amount of an answer; nothing for none. */
  final String amount(@Nullable String digits) {
    try {
      return output.format().show(Optional.ofNullable(digits));
    } catch (IllegalArgumentException e) {
      throw CommandFailure.failed(String.valueOf(e.getMessage()) + ".", e);
    }
  }

  /** A text of an answer; nothing for none. */
  static String text(@Nullable Object value) {
    return value == null ? "" : Printable.of(String.valueOf(value));
  }

  /** A time of an answer in UTC; nothing for none. */
  static String time(@Nullable OffsetDateTime value) {
    return value == null ? "" : value.toInstant().toString();
  }

  static String asOf(AsOf asOf) {
    return "block " + asOf.getBlock() + ", " + time(asOf.getBlockTime())
        + (asOf.getBehind() ? ", behind the chain" : "");
  }

  @Override
  public final Integer call() {
    // Before anything is asked.
    var _ = output.format();
    try {
      read();
    } catch (NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed("The ledger " + Printable.origin(ledgerOptions.url())
          + " answers with less than its document demands.", e);
    }
    return Outcome.DONE.exitCode();
  }
}
