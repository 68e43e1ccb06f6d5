package io.neuronledger.wallet.read;

import io.neuronledger.client.ProblemException;
import io.neuronledger.client.Received;
import io.neuronledger.client.Subscription;
import io.neuronledger.client.Subscription.Interruption;
import io.neuronledger.client.event.PublicEvent;
import io.neuronledger.wallet.ledger.LedgerReader;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code watch}. */
@Command(name = "watch", description = "What happens to a wallet's money, as it happens, until Ctrl-C. A connection "
    + "that breaks is made again and misses nothing, also while the ledger restarts. With --json each line is one "
    + "event as it is published.")
public final class Watch extends ReadCommand {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  @Option(names = "--after", paramLabel = "ID", defaultValue = "now", description = "after this event, `beginning` or "
      + "`now` (default: ${DEFAULT-VALUE})")
  private String after = "now";

  @Option(names = "--until-now", description = "end with the last event that there is")
  private boolean untilNow;

  @Mixin
  private final OwnerOptions owner;

  public Watch(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  @Override
  void read() {
    if (!after.matches("[\\x21-\\x7e]{1,200}")) {
      throw CommandFailure.refused("--after is the id of an event, beginning or now.");
    }
    Subscription subscription =
        Subscription.of(owner.owner().checksummed(), after).onInterruption(this::interrupted);
    ledger().ask(() -> {
      try (Stream<Received<PublicEvent>> events =
          ledger().client().subscribe(untilNow ? subscription.untilLast() : subscription)) {
        events.forEach(this::received);
        return true;
      } catch (IllegalArgumentException e) {
        throw CommandFailure.failed("The ledger sends what is no event.", e);
      }
    });
  }

  private void interrupted(Interruption interruption) {
    output().note((interruption.cause() instanceof ProblemException problem
        ? "The ledger answers " + LedgerReader.reason(problem) : "The connection broke")
        + ": it goes on after " + interruption.after() + ".");
  }

  private void received(Received<PublicEvent> event) {
    JsonNode read = JSON.readTree(event.record().json());
    output().line(output().json() ? JsonText.line(JSON, read) : line(event, read.path("event")));
  }

  private String line(Received<PublicEvent> event, JsonNode fact) {
    List<String> words =
        new ArrayList<>(List.of(text(fact.at("/cause/time").asString("")), text(event.record().type())));
    if (fact.path("amount").isString()) {
      words.add(amount(fact.path("amount").asString()) + " " + output().format().unit());
    }
    add(words, "cancelled ", fact.path("cancelled").isString() && !fact.path("cancelled").asString().equals("0")
        ? amount(fact.path("cancelled").asString()) : "");
    add(words, "provider ", text(fact.path("provider").asString("")));
    add(words, "", text(fact.path("service").asString("")));
    add(words, "transaction ", text(fact.at("/cause/transaction").asString("")));
    words.add("id " + text(event.id()));
    return String.join("  ", words);
  }

  private static void add(List<String> words, String name, String value) {
    if (!value.isEmpty()) {
      words.add(name + value);
    }
  }
}
