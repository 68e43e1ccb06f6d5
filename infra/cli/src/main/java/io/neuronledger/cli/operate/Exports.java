package io.neuronledger.cli.operate;

import io.neuronledger.cli.operate.request.Answers;
import io.neuronledger.cli.operate.request.Answers.Column;
import io.neuronledger.cli.operate.request.Answers.Lines;
import io.neuronledger.cli.operate.request.LimitOption;
import io.neuronledger.cli.operate.request.Requests;
import io.neuronledger.cli.operate.request.ServiceOptions;
import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.query.ApiClient;
import io.neuronledger.client.query.api.ExportsApi;
import io.neuronledger.client.query.api.ExportsApi.APIDeleteExportRequest;
import io.neuronledger.client.query.api.ExportsApi.APIExportRequest;
import io.neuronledger.client.query.model.Export;
import io.neuronledger.wallet.option.OutputOptions;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./ledger export}. */
@Command(name = "export", description = "A whole list in one file, as of one block: begins it, waits for it, and "
    + "downloads it with its checksum verified.")
final class Exports {
  private static final Column[] COLUMNS = {
      Column.of("Export", "/id"), Column.of("State", "/state"), Column.of("Format", "/format"),
      Column.of("Rows", "/rows"), Column.of("Bytes", "/bytes"), Column.of("As of block", "/as_of/block"),
      Column.of("File", "/file_name"), Column.of("Expires", "/expires_at"), Column.of("Source", "/source"),
      Column.of("SHA-256", "/sha256"), Column.of("Failure", "/failure/detail")};
  private static final Duration POLL = Duration.ofSeconds(1);

  private final Surroundings surroundings;

  Exports(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "The caller's own exports that are kept, newest first.")
  int list(@Mixin ServiceOptions services, @Mixin OutputOptions output, @Mixin LimitOption limit) {
    Lines<Export> exports = Requests.read(() -> Lines.first(limit.lines(),
        services.client(surroundings).lists().exports(UnaryOperator.identity())));
    Answers.list(output, "exports", exports, COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Begins the export of a list, and shows its id.")
  int begin(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "LIST", description = "the path of the list after /v1/: settlements, discrepancies, "
          + "refunds, ledgers, ledgers/OWNER/entries, ledgers/OWNER/usage, reports/settlement, …") String list,
      @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "csv",
          description = "csv, ndjson or xlsx (default: ${DEFAULT-VALUE})") String format,
      @Option(names = "--filter", paramLabel = "NAME=VALUE",
          description = "a parameter of the list, as state=over; repeatable") @Nullable List<String> filters) {
    if (!list.matches("[A-Za-z0-9-]+(/[A-Za-z0-9-]+)*")) {
      throw CommandFailure.refused("a list is named by its path after /v1/, as ledgers/0x…/usage, not "
          + Printable.of(list));
    }
    List<String> query = new ArrayList<>(List.of("format=" + encoded(format)));
    for (String filter : Optional.ofNullable(filters).orElse(List.of())) {
      int equals = filter.indexOf('=');
      if (equals < 1) {
        throw CommandFailure.refused("--filter is NAME=VALUE, not " + Printable.of(filter));
      }
      query.add(encoded(filter.substring(0, equals)) + "=" + encoded(filter.substring(equals + 1)));
    }
    ApiClient client = services.client(surroundings).query();
    byte[] begun = Requests.change(() -> Requests.bytes(client.getHttpClient(),
        Requests.to(client.getBaseUri(), "/v1/" + list + "/exports?" + String.join("&", query))
            .header("Accept", "application/json").POST(BodyPublishers.noBody()).build()));
    Answers.one(output, "Begun", Answers.read(begun, Export.class), COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "How far an export is.")
  int show(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "EXPORT", description = "its id") UUID id) {
    Answers.one(output, "Export", export(services.client(surroundings), id), COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Waits until an export is whole. Exit code 1 if it has failed or is not whole in time.")
  int wait(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "EXPORT", description = "its id") UUID id,
      @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "PT10M",
          description = "at most so long (default: ${DEFAULT-VALUE})") Duration timeout) {
    Answers.one(output, "Export", completed(services.client(surroundings), id, timeout), COLUMNS);
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Waits for an export, downloads it, and compares its checksum. A download that broke off goes "
      + "on where it was; the file has its name once it is whole. Beside it FILE.json has the count of rows, the "
      + "checksum, the source and the block.")
  int download(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "EXPORT", description = "its id") UUID id,
      @Option(names = "--to", paramLabel = "FILE",
          description = "a new file (default: the name that the service gives it, in this folder)")
          Optional<Path> to,
      @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "PT10M",
          description = "how long to wait until it is whole (default: ${DEFAULT-VALUE})") Duration timeout) {
    LedgerClient client = services.client(surroundings);
    var _ = completed(client, id, timeout);
    ExportDownload download = new ExportDownload(client.query(), id);
    Path file = download.to(to, surroundings.pauses());
    if (output.json()) {
      Answers.json(output, Answers.object().put("file", file.toString()).set("content", download.sidecar()));
    } else {
      output.line(Printable.of(file + ": " + download.summary()));
    }
    return 0;
  }

  @Command(mixinStandardHelpOptions = true,
      description = "Removes an export; one that is being written ends.")
  int delete(@Mixin ServiceOptions services, @Mixin OutputOptions output,
      @Parameters(paramLabel = "EXPORT", description = "its id") UUID id) {
    Requests.change(() -> new ExportsApi(services.client(surroundings).query())
        .deleteExport(APIDeleteExportRequest.newBuilder().id(id).build()));
    Answers.done(output, "Deleted export " + id);
    return 0;
  }

  private Export completed(LedgerClient client, UUID id, Duration timeout) {
    Instant end = surroundings.clock().instant().plus(timeout);
    while (true) {
      Export export = export(client, id);
      switch (export.getState()) {
        case COMPLETED -> {
          return export;
        }
        case FAILED -> throw CommandFailure.failed("the export has failed: " + Optional.ofNullable(export.getFailure())
            .map(failure -> failure.getCode() + ": " + failure.getDetail()).orElse("without a reason"));
        case WAITING, RUNNING -> {
          if (!surroundings.clock().instant().isBefore(end)) {
            throw CommandFailure.failed("the export is not whole after " + timeout + "; it goes on");
          }
          surroundings.pauses().accept(POLL);
        }
      }
    }
  }

  private static Export export(LedgerClient client, UUID id) {
    return Requests.read(() -> new ExportsApi(client.query()).export(APIExportRequest.newBuilder().id(id).build()));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
