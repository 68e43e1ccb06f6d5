package io.neuronledger.wallet.read;

import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryDetails;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code history}. */
@Command(name = "history", description = "What has happened to a wallet's money, newest first, with its evidence in "
    + "--json.")
public final class History extends EntryList {
  @Option(names = "--type", paramLabel = "TYPE", description = "only entries of this type, funds-deposited.v1 for "
      + "example; may be given more than once")
  private List<String> types = List.of();

  public History(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<EntryType> types() {
    return types.stream().map(History::type).toList();
  }

  private static EntryType type(String typed) {
    try {
      return EntryType.fromValue(typed);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("There is no --type " + typed + "; there are: "
          + String.join(", ", Arrays.stream(EntryType.values()).map(EntryType::getValue).toList()) + ".");
    }
  }

  @Override
  void print(String title, List<Entry> entries) {
    Table table = new Table("Time", "Block", "What", output().title("Amount"), "Provider", "Service", "Details");
    for (Entry entry : entries) {
      table.row(time(Optional.ofNullable(entry.getBlockTime()).orElse(entry.getRecordedAt())),
          entry.getPosition() == null ? "" : String.valueOf(entry.getPosition().getBlock()), text(entry.getType()),
          amount(entry.getAmount()), text(entry.getProvider()), text(entry.getService()), details(entry));
    }
    output().table("History" + title, table, "Nothing.");
  }

  private String details(Entry entry) {
    EntryDetails details = entry.getDetails();
    List<String> words = new ArrayList<>();
    if (Boolean.TRUE.equals(entry.getRetracted())) {
      words.add("retracted by a fork");
    }
    if (details != null) {
      add(words, "cancelled", amount(details.getCancelled()));
      add(words, "written off", amount(details.getWrittenOff()));
      add(words, "because", text(details.getReason()));
      if (Boolean.TRUE.equals(details.getOpened())) {
        words.add("opened");
      }
      if (Boolean.TRUE.equals(details.getClosed())) {
        words.add("closed");
      }
    }
    return String.join(", ", words);
  }

  private static void add(List<String> words, String name, String value) {
    if (!value.isEmpty() && !value.equals("0")) {
      words.add(name + " " + value);
    }
  }
}
