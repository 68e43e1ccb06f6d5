package io.neuronledger.wallet.read;

import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryDetails;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.text.Table;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code settlements}: an owner may read its own entries, while the list of all settlements belongs to finance. */
@Command(name = "settlements", description = "What providers have taken from a wallet's sub-accounts, what they asked "
    + "for, and what they asked for in vain, newest first.")
public final class Settlements extends EntryList {
  private static final String REJECTED = "rejected";

  public Settlements(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  List<EntryType> types() {
    return List.of(EntryType.FEES_SETTLED_V1, EntryType.SETTLEMENT_REJECTED_V1);
  }

  @Override
  void print(String title, List<Entry> entries) {
    Table table = new Table("Time", "Block", "Provider", "Service", output().title("Asked"), output().title("Settled"),
        output().title("Written Off"), "State");
    for (Entry entry : entries) {
      EntryDetails details = entry.getDetails();
      boolean rejected = entry.getType() == EntryType.SETTLEMENT_REJECTED_V1;
      table.row(time(entry.getBlockTime()),
          entry.getPosition() == null ? "" : String.valueOf(entry.getPosition().getBlock()),
          text(entry.getProvider()), text(entry.getService()), amount(details.getAsked()),
          rejected ? "" : amount(entry.getAmount()), amount(details.getWrittenOff()), state(entry, rejected));
    }
    output().table("Settlements" + title, table, "None.");
  }

  private static String state(Entry entry, boolean rejected) {
    String state = rejected ? REJECTED + ": " + text(entry.getDetails().getReason()) : "settled";
    return Boolean.TRUE.equals(entry.getRetracted()) ? state + ", retracted by a fork" : state;
  }
}
