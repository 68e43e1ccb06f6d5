package io.neuronledger.query.usage;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.usage.UsageEntry;
import io.neuronledger.query.asof.ReadPoint;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.CsvWriter;
import io.neuronledger.query.export.Export;
import java.util.List;
import org.jooq.DSLContext;

/** Writes all of an owner's requests that match a filter as CSV. */
final class UsageCsv {
  private static final List<String> HEADER = List.of("request_id", "owner", "provider", "service", "model", "source",
      "api_key_id", "when", "unit", "input_tokens", "cached_input_tokens", "output_tokens", "images", "seconds",
      "price", "cached_input_price", "output_price", "fee", "assigned", "recorded_at", "replaces", "state", "set_apart",
      "reversed_at", "reversal_reason", "replaced_by");

  private final UsageQueries requests;

  UsageCsv(UsageQueries requests) {
    this.requests = requests;
  }

  /** @return the number of rows written */
  long write(WalletAddress owner, UsageFilter filter, RequestFilter one, ReadPoint at, DSLContext db, Export export) {
    UsageQueries.requireKnown(owner, at, db);
    CsvWriter csv = new CsvWriter(Csv.begin(export, Csv.TYPE, at.asOf())).header(HEADER);
    requests.each(owner, filter, one, at, db, line -> {
      UsageEntry entry = line.request();
      Amounts amounts = Amounts.of(entry.units());
      csv.row(entry.requestId(), entry.owner(), entry.provider(), entry.service(), entry.model(),
          entry.source().word(), entry.apiKeyId(), entry.when(), entry.units().kind(), amounts.input(),
          amounts.cachedInput(), amounts.output(), amounts.images(), amounts.seconds(), amounts.price(),
          amounts.cachedInputPrice(), amounts.outputPrice(), entry.fee(), line.assigned(), entry.recordedAt(),
          entry.replaces(), entry.state().word(), entry.setApart().map(UsageEntry.SetApart::word),
          entry.reversal().map(UsageEntry.Reversal::at),
          entry.reversal().map(UsageEntry.Reversal::reason),
          entry.reversal().flatMap(UsageEntry.Reversal::replacedBy));
    });
    csv.trailer();
    return csv.rows();
  }
}
