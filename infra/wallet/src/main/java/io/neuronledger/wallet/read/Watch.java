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
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code watch}. */
@Command(name = "watch", description = "What happens to a wallet's money, as it happens, until Ctrl-C. A connection "
    + "that breaks is made again and misses nothing, also while the ledger restarts. With --json each line is one "
    + "event as it is published.")
public final class Watch extends ReadCommand {
  private static final Duration RETRY = Duration.ofSeconds(2);
  private static final JsonMapper JSON = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

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
    EventFeed feed = new EventFeed(ledgerOptions().url(), owner.owner(), ledgerOptions().credential(),
        EventFeed.IDLE_MAX);
    if (!after.matches("[\\x21-\\x7e]{1,200}")) {
      throw CommandFailure.refused("--after is the id of an event, beginning or now.");
    }
    Follower follower = new Follower(after);
    boolean goesOn = true;
    while (goesOn) {
      Duration wait = RETRY;
      try {
        feed.receive(follower.id, untilNow, follower);
        goesOn = !untilNow;
      } catch (EventFeed.Unavailable e) {
        output().note(e.getMessage() + " It goes on after " + follower.id + ".");
        wait = e.retryAfter().orElse(RETRY);
      } catch (IOException e) {
        output().note("The connection broke: it goes on after " + follower.id + ".");
      }
      if (goesOn) {
        ledgerOptions().surroundings().pauses().accept(wait);
      }
    }
  }

  /** Prints events, and knows after which one to go on. */
  private final class Follower implements EventFeed.Receiver {
    private String id;

    Follower(String after) {
      this.id = after;
    }

    @Override
    public void event(Received event) {
      if (event.type().equals("problem")) {
        throw CommandFailure.failed("The ledger ends the feed: " + text(event.data()) + ".");
      }
      try {
        JsonNode read = JSON.readTree(event.data());
        output().line(output().json() ? oneLine(read) : line(event, read.path("event")));
      } catch (JacksonException e) {
        throw CommandFailure.failed("The ledger sends an event that is no JSON.", e);
      }
    }

    @Override
    public void reached(String reached) {
      id = reached;
    }
  }

  /** Without a character that a terminal could obey: JSON writes each as an escape. */
  private static String oneLine(JsonNode event) {
    return JSON.writeValueAsString(event).replace("\u007f", "\\u007F");
  }

  private String line(Received event, JsonNode fact) {
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
  }

  private static void add(List<String> words, String name, String value) {
    if (!value.isEmpty()) {
      words.add(name + value);
    }
  }
}
