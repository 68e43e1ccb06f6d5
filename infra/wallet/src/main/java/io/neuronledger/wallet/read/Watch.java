package io.neuronledger.wallet.read;

import io.neuronledger.wallet.ledger.EventFeed;
import io.neuronledger.wallet.ledger.EventFeed.Received;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code watch}. */
@Command(name = "watch", description = "What happens to a wallet's money, as it happens, until Ctrl-C. A connection "
    + "that breaks is made again and misses nothing. With --json each line is one event as it is published.")
public final class Watch extends ReadCommand {
  private static final Duration RETRY = Duration.ofSeconds(2);

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
    EventFeed feed = new EventFeed(ledgerOptions().url(), owner.owner(), ledgerOptions().credential());
    if (!after.matches("[\\x21-\\x7e]{1,200}")) {
      throw CommandFailure.refused("--after is the id of an event, beginning or now.");
    }
    Follower follower = new Follower(after);
    boolean goesOn = true;
    while (goesOn) {
      try {
        follower.id = feed.receive(follower.id, untilNow, follower::print);
        goesOn = !untilNow;
      } catch (IOException e) {
        output().note("The connection broke: it goes on after " + follower.id + ".");
      }
      if (goesOn) {
        ledgerOptions().surroundings().pauses().accept(RETRY);
      }
    }
  }

  /** Prints events, and knows the last one. */
  private final class Follower {
    private String id;

    Follower(String after) {
      this.id = after;
    }

    void print(Received event) {
      if (event.type().equals("problem")) {
        throw CommandFailure.failed("The ledger ends the feed: " + text(event.data()) + ".");
      }
      id = event.id();
      output().line(output().json() ? oneLine(event.data()) : line(event));
    }
  }

  private static String oneLine(String data) {
    return data.replace("\n", "");
  }

  private String line(Received event) {
    try {
      JsonNode fact = JsonMapper.shared().readTree(event.data()).path("event");
      List<String> words = new ArrayList<>(List.of(text(fact.at("/cause/time").asString("")), text(event.type())));
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
    } catch (JacksonException e) {
      throw CommandFailure.failed("The ledger sends an event that is no JSON.", e);
    }
  }

  private static void add(List<String> words, String name, String value) {
    if (!value.isEmpty()) {
      words.add(name + value);
    }
  }
}
