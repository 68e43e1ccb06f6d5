package io.neuronledger.query.export.job;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.export.ExportsPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.FailureMapping;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.export.table.RowWriter;
import io.neuronledger.query.request.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes exports in the background, a limited number at a time, each in one read-only transaction. Who fetches a
 * content reads a file: a slow reader holds no connection. Thread-safe.
 */
public final class ExportJobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ExportJobs.class);
  private static final long STOP_SECONDS = 10;
  private static final long SWEEP_MINUTES = 1;
  private static final String LIST = "exports1";
  private static final int CURSOR_PARTS = 2;

  private final ExportSettings settings;
  private final ExportFolder folder;
  private final Reads reads;
  private final AnswerJson json;
  private final FailureMapping failures;
  private final Clock clock;
  private final ExecutorService writers;
  private final ScheduledExecutorService sweeper;
  private final Map<UUID, Writing> open = new ConcurrentHashMap<>();
  private volatile boolean isStopping;

  /** The connections for exports. */
  public record Reads(OwnerReads ofOwner, GlobalReads ofAll) {}

  /**
   * @param stored the JSON of the state on disk
   * @param atOnce how many exports are written at the same time; the others wait
   */
  public ExportJobs(ExportSettings settings, Reads reads, JsonMapper stored, AnswerJson json, FailureMapping failures,
      int atOnce, Clock clock) {
    this.settings = settings;
    this.folder = new ExportFolder(settings.path(), stored, clock);
    this.reads = reads;
    this.json = json;
    this.failures = failures;
    this.clock = clock;
    this.writers = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().name("export-", 0).factory());
    this.sweeper = Executors.newSingleThreadScheduledExecutor(
        Thread.ofVirtual().name("exports-removal").factory());
    var _ = sweeper.scheduleWithFixedDelay(this::removeExpired, 0, SWEEP_MINUTES, TimeUnit.MINUTES);
  }

  /** Begins the export of a list over many owners. */
  public <T> ResponseEntity<ExportView> begin(ExportRequest wanted, Class<T> line, BlockSelector selector,
      ExportedPage.OfAll<T> pages) {
    return begin(wanted, line, rows -> reads.ofAll().answer(selector, (asOf, db) -> {
      rows.begin(asOf);
      rows.read(page -> pages.read(page, asOf, db));
      return asOf;
    }));
  }

  /** Begins the export of a list of one owner. */
  public <T> ResponseEntity<ExportView> begin(ExportRequest wanted, Class<T> line, WalletAddress owner,
      BlockSelector selector, ExportedPage.OfOwner<T> pages) {
    return begin(wanted, line, rows -> reads.ofOwner().answer(owner, selector, (at, db) -> {
      rows.begin(at.asOf());
      rows.read(page -> pages.read(page, at, db));
      return at.asOf();
    }));
  }

  /**
   * Begins the export of a report.
   *
   * @param reports the report as of the newest block, or an older one that was kept; read in one transaction
   */
  public <T> ResponseEntity<ExportView> beginReport(ExportRequest wanted, Class<T> line, BlockSelector selector,
      BiFunction<AsOf, DSLContext, ExportedPage.Report<T>> reports) {
    return begin(wanted, line, rows -> reads.ofAll().answer(selector, (asOf, db) -> {
      ExportedPage.Report<T> report = reports.apply(asOf, db);
      rows.begin(report.asOf());
      if (rows.wantsAll()) {
        report.rows().accept(rows::row);
      }
      return report.asOf();
    }));
  }

  /** Reads the list once before it begins: what the list would refuse is refused at once. */
  private ResponseEntity<ExportView> begin(ExportRequest wanted, Class<?> line, Consumer<ExportRows> source) {
    source.accept(ExportRows.NONE);
    Writing writing = create(wanted);
    ExportView begun = writing.files.view();
    open.put(begun.id(), writing);
    var _ = CompletableFuture.runAsync(() -> write(writing, wanted, line, source), writers)
        .whenComplete((_, failure) -> ended(writing, Optional.ofNullable(failure)));
    return ResponseEntity.accepted().location(URI.create("/v1/exports/" + begun.id())).body(begun);
  }

  private synchronized Writing create(ExportRequest wanted) {
    List<StoredExport> kept = folder.all();
    if (kept.stream().filter(each -> each.isOf(wanted.caller())).count() >= settings.keptOfCallerMax()) {
      throw new Refusal(ProblemCode.TOO_MANY_KEPT_EXPORTS, "a caller keeps at most " + settings.keptOfCallerMax()
          + " exports: delete one, or wait until one expires");
    }
    boolean isWallet = wanted.caller().credential() == Caller.Credential.WALLET_TOKEN;
    long ofKind = isWallet ? kept.stream().filter(StoredExport::isOfWallet).count() : kept.size();
    int most = isWallet ? settings.keptMax() / 2 : settings.keptMax();
    if (isStopping || kept.size() >= settings.keptMax() || ofKind >= most) {
      throw new Refusal(ProblemCode.TOO_MANY_EXPORTS, "at most " + most + " exports are kept; try again later");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    ExportView view = new ExportView(UUID.randomUUID(), ExportView.State.WAITING, wanted.source(), wanted.format(),
        Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), now,
        now.plus(settings.keptFor()), Optional.empty());
    try {
      return new Writing(folder.create(
          new StoredExport(StoredExport.Maker.of(wanted.caller()), wanted.needs(), view)));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make an export", e);
    }
  }

  /** One export until it has ended. */
  private static final class Writing {
    private final ExportFolder.Writing files;
    private volatile boolean isRemoved;
    private long rows;

    private Writing(ExportFolder.Writing files) {
      this.files = files;
    }
  }

  private void write(Writing writing, ExportRequest wanted, Class<?> line, Consumer<ExportRows> source) {
    try (ExportContent content = new ExportContent(writing.files.part(), writing.files.content(),
        settings.limits())) {
      RowWriter rows = RowWriter.of(wanted.format(), line, wanted.unit(), json, content);
      source.accept(new Written(writing, rows, clock.instant().plus(settings.deadline())));
      rows.end();
      String digest = content.publish();
      writing.files.store(writing.files.view().completed(fileName(wanted, writing.files.view()), writing.rows,
          content.bytes(), digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileName(ExportRequest wanted, ExportView view) {
    return wanted.name() + "-" + view.asOf().map(AsOf::block).orElseThrow() + "."
        + wanted.format().name().toLowerCase(Locale.ROOT);
  }

  /** Writes each row, unless the export has no more time, or is wanted no more. */
  private final class Written implements ExportRows {
    private final Writing writing;
    private final RowWriter rows;
    private final Instant until;

    private Written(Writing writing, RowWriter rows, Instant until) {
      this.writing = writing;
      this.rows = rows;
      this.until = until;
    }

    @Override
    public void begin(AsOf asOf) {
      try {
        writing.files.store(writing.files.view().running(asOf));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void requireWanted() {
      if (isStopping || writing.isRemoved) {
        throw new Refusal(ProblemCode.OUTCOME_UNKNOWN, "it was ended before it was whole");
      }
      if (clock.instant().isAfter(until)) {
        throw new Refusal(ProblemCode.DEADLINE_EXCEEDED,
            "an export takes at most " + settings.deadline() + ": narrow the filter");
      }
    }

    @Override
    public void row(Object line) {
      requireWanted();
      try {
        rows.row(line);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      writing.rows++;
    }

    @Override
    public boolean wantsAll() {
      return true;
    }
  }

  private void ended(Writing writing, Optional<Throwable> failure) {
    ExportView view = writing.files.view();
    open.remove(view.id());
    try (ExportFolder.Writing files = writing.files) {
      if (failure.isPresent() && !writing.isRemoved) {
        files.store(files.view().failed(failureOf(view, failure.get())));
      }
    } catch (IOException e) {
      log.error("cannot store that the export {} has failed", view.id(), e);
    }
    if (writing.isRemoved) {
      remove(view.id());
    }
  }

  private ExportView.Failure failureOf(ExportView view, Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause() : failure;
    Optional<Refusal> known = cause instanceof Refusal refusal ? Optional.of(refusal)
        : cause instanceof Exception exception ? failures.of(exception) : Optional.empty();
    if (known.isEmpty()) {
      log.error("the export {} of {} failed", view.id(), view.source(), cause);
    }
    Refusal refusal = known.orElseGet(failures::unexpected);
    return new ExportView.Failure(refusal.code().code(), refusal.detail());
  }

  /** The caller's own exports, newest first. */
  ExportsPage own(Page page, Caller caller) {
    Optional<List<String>> after = page.after(LIST, CURSOR_PARTS);
    Optional<Instant> createdAt = after.map(parts -> Page.instant(parts.getFirst()));
    Optional<UUID> id = after.map(parts -> Page.uuid(parts.getLast()));
    List<ExportView> found = folder.all().stream().filter(each -> each.isOf(caller)).map(StoredExport::view)
        .filter(each -> createdAt.isEmpty() || each.createdAt().isBefore(createdAt.get())
            || (each.createdAt().equals(createdAt.get()) && each.id().compareTo(id.orElseThrow()) < 0))
        .sorted(Comparator.comparing(ExportView::createdAt).thenComparing(ExportView::id).reversed())
        .limit(page.limit() + 1L).toList();
    List<ExportView> shown = found.stream().limit(page.limit()).toList();
    return new ExportsPage(shown, found.size() > shown.size(), found.size() > shown.size()
        ? Optional.of(Page.cursor(LIST, shown.getLast().createdAt().toString(), shown.getLast().id().toString()))
        : Optional.empty());
  }

  /**
   * An export that the caller sees: its own, or any for an administrator.
   *
   * @throws Refusal if there is none
   */
  StoredExport require(UUID id, Caller caller) {
    return folder.find(id).filter(found -> found.isSeenBy(caller)).orElseThrow(() -> notFound(id));
  }

  /**
   * A completed export whose content the caller may fetch: its own, while its credential is good for the list.
   *
   * @throws Refusal if there is none, or it has no content
   */
  StoredExport requireContent(UUID id, Caller caller) {
    StoredExport found = folder.find(id).filter(each -> each.isOf(caller)).orElseThrow(() -> notFound(id));
    if (!found.mayRead(caller)) {
      throw new Refusal(ProblemCode.INSUFFICIENT_SCOPE, "the credential is no longer good for the list");
    }
    if (found.view().state() != ExportView.State.COMPLETED) {
      throw new Refusal(ProblemCode.EXPORT_NOT_COMPLETED, "the export is "
          + found.view().state().name().toLowerCase(Locale.ROOT)
          + found.view().failure().map(failure -> ": " + failure.detail()).orElse(""));
    }
    return found;
  }

  static Refusal notFound(UUID id) {
    return new Refusal(ProblemCode.EXPORT_NOT_FOUND, "no export " + id + " of yours is kept");
  }

  Path content(UUID id) {
    return folder.content(id);
  }

  /** Removes an export; one that is being written ends. */
  void remove(UUID id, Caller caller) {
    UUID found = require(id, caller).view().id();
    Writing writing = open.get(found);
    if (writing != null) {
      writing.isRemoved = true;
    }
    remove(found);
  }

  private void remove(UUID id) {
    try {
      folder.remove(id);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove the export " + id, e);
    }
  }

  /** A failure is of this time: what is left is removed the next time. */
  private void removeExpired() {
    try {
      folder.removeExpired();
    } catch (UncheckedIOException e) {
      log.warn("the expired exports are not removed", e);
    }
  }

  /** Ends what is being written: it has failed then. */
  @Override
  public void close() {
    isStopping = true;
    sweeper.shutdownNow();
    writers.shutdown();
    try {
      if (!writers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        log.warn("an export is still read; it has failed once this process has ended");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
