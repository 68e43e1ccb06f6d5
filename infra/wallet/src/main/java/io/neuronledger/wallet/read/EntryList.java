package io.neuronledger.wallet.read;

import io.neuronledger.client.query.api.JournalApi.APIEntriesRequest;
import io.neuronledger.client.query.model.EntriesPage;
import io.neuronledger.client.query.model.Entry;
import io.neuronledger.client.query.model.EntryType;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.wallet.option.OwnerOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that list an owner's entries. */
abstract class EntryList extends ReadCommand {
  @Option(names = "--provider", paramLabel = "ADDRESS", description = "only with this provider")
  private Optional<String> provider = Optional.empty();

  @Option(names = "--service", paramLabel = "NAME", description = "only of this service; inference and fine-tuning are "
      + "their version 1.0")
  private Optional<String> service = Optional.empty();

  @Option(names = "--transaction", paramLabel = "HASH", description = "only what this transaction caused")
  private Optional<String> transaction = Optional.empty();

  @Mixin
  private final OwnerOptions owner;

  @Mixin
  private final PeriodOptions period = new PeriodOptions();

  @Mixin
  private final Pages pages = new Pages();

  EntryList(Surroundings surroundings) {
    super(surroundings);
    this.owner = new OwnerOptions(ledgerOptions());
  }

  /** @return empty for all */
  abstract List<EntryType> types();

  /** @param title the first line */
  abstract void print(String title, List<Entry> entries);

  @Override
  final void read() {
    String address = owner.owner().checksummed();
    List<EntryType> types = types();
    String ofProvider = provider.map(each -> OwnerOptions.address(each).checksummed()).orElse(null);
    String ofService = service.map(each -> OwnerOptions.service(each).value()).orElse(null);
    Pages.Lines<EntriesPage, Entry> read = ledger().ask(() -> pages.read((size, cursor) ->
        ledger().journal().entries(APIEntriesRequest.newBuilder().owner(address)
            .type(types.isEmpty() ? null : types).provider(ofProvider).service(ofService).transaction(hash())
            .startDate(period.start()).endDate(period.end()).limit(size).cursor(cursor).build()),
        EntriesPage::getEntries, EntriesPage::getNextCursor));
    if (output().json()) {
      json(read.last().getAsOf(), Optional.of(address), "entries", read);
      return;
    }
    print(" of " + address + period.shown() + ", newest first, at " + asOf(read.last().getAsOf()), read.lines());
    more(read);
  }

  private @Nullable String hash() {
    try {
      return transaction.map(each -> Hash.parse(each).value()).orElse(null);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.refused("Wrong --transaction: " + e.getMessage() + ".");
    }
  }
}
