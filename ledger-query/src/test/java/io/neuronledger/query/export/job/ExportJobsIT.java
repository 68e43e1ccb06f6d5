package io.neuronledger.query.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.export.ExportsPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.fixture.AccountEventScript;
import io.neuronledger.query.fixture.QueryFixture;
import io.neuronledger.query.fixture.Wallets;
import io.neuronledger.query.request.Page;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Who may fetch what, and the limits of exports on both sides. */
class ExportJobsIT {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private static final Caller ALICE = caller("alice", Caller.Credential.OIDC_TOKEN, Scope.LEDGER_READ);
  private static QueryFixture fixture;

  @TempDir
  private Path folder;

  /** A line of a list. */
  record Line(String name) {}

  @BeforeAll
  static void fill() {
    fixture = new QueryFixture(1);
    fixture.process(AccountEventScript.started(0, 1).deposit(Wallets.wallet(1), Neuron.parse("1")).seal().records());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static Caller caller(String subject, Caller.Credential credential, Scope scope) {
    return new Caller(subject, credential, Set.of(scope), Optional.empty(), Optional.empty());
  }

  private ExportJobs jobs(int keptMax, long bytesMax, InstantSource clock) {
    return fixture.exportJobs(new ExportSettings(Optional.of(folder.toString()), Duration.ofHours(1), keptMax, 10,
        DataSize.ofBytes(bytesMax), DataSize.ofBytes(0), Duration.ofSeconds(1)), new Ticking(clock));
  }

  /** A clock that asks another one. */
  private static final class Ticking extends Clock {
    private final InstantSource source;

    private Ticking(InstantSource source) {
      this.source = source;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return source.instant();
    }
  }

  /** Rows of 9 bytes each as CSV, after a header of 6. */
  private static ExportView ended(ExportJobs jobs, Caller caller, int rows) {
    UUID id = Objects.requireNonNull(jobs.beginReport(new ExportRequest(caller,
        List.of(Set.of(Scope.LEDGER_READ), Set.of(Scope.LEDGER_READ_OWN)), "/v1/lines", "lines",
        ExportView.Format.CSV, AnswerUnit.NEURON), Line.class, BlockSelector.NEWEST,
        (asOf, _) -> new ExportedPage.Report<>(asOf, row -> {
          for (int i = 0; i < rows; i++) {
            row.accept(new Line("line000"));
          }
        })).getBody()).id();
    await().atMost(Duration.ofMinutes(1)).until(() -> jobs.require(id, caller).view().hasEnded());
    return jobs.require(id, caller).view();
  }

  @Test
  void only_its_maker_fetches_it_and_an_administrator_may_remove_it() {
    try (ExportJobs jobs = jobs(10, 1_024, () -> NOW)) {
      UUID id = ended(jobs, ALICE, 2).id();
      assertThat(jobs.requireContent(id, ALICE).view().rows()).hasValue(2);
      assertThat(jobs.content(id)).hasContent("name\r\n\"line000\"\r\n\"line000\"\r\n");
      Caller bob = caller("bob", Caller.Credential.OIDC_TOKEN, Scope.LEDGER_READ);
      assertRefused(() -> jobs.require(id, bob), ProblemCode.EXPORT_NOT_FOUND);
      assertRefused(() -> jobs.requireContent(id, bob), ProblemCode.EXPORT_NOT_FOUND);
      assertRefused(() -> jobs.remove(id, bob), ProblemCode.EXPORT_NOT_FOUND);
      assertRefused(() -> jobs.requireContent(id, caller("alice", Caller.Credential.OIDC_TOKEN, Scope.METRICS_READ)),
          ProblemCode.INSUFFICIENT_SCOPE);
      Caller admin = caller("root", Caller.Credential.OIDC_TOKEN, Scope.ADMIN);
      assertThat(jobs.require(id, admin).view().id()).isEqualTo(id);
      assertRefused(() -> jobs.requireContent(id, admin), ProblemCode.EXPORT_NOT_FOUND);
      jobs.remove(id, admin);
      assertRefused(() -> jobs.require(id, ALICE), ProblemCode.EXPORT_NOT_FOUND);
    }
  }

  @Test
  void a_caller_lists_its_own_exports_newest_first() {
    AtomicInteger seconds = new AtomicInteger();
    try (ExportJobs jobs = jobs(10, 1_024, () -> NOW.plusSeconds(seconds.get()))) {
      Caller bob = caller("bob", Caller.Credential.OIDC_TOKEN, Scope.LEDGER_READ);
      assertThat(jobs.own(new Page(50, Optional.empty()), ALICE).exports()).isEmpty();
      List<ExportView> made = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        seconds.set(i / 2);
        made.add(ended(jobs, ALICE, 1));
      }
      ExportView other = ended(jobs, bob, 1);
      List<ExportView> newestFirst = made.stream()
          .sorted(Comparator.comparing(ExportView::createdAt).thenComparing(ExportView::id).reversed()).toList();
      assertThat(jobs.own(new Page(5, Optional.empty()), ALICE))
          .isEqualTo(new ExportsPage(newestFirst, false, Optional.empty()));
      assertThat(jobs.own(new Page(50, Optional.empty()), bob).exports()).containsExactly(other);
      Caller admin = caller("alice", Caller.Credential.API_KEY, Scope.ADMIN);
      assertThat(jobs.own(new Page(50, Optional.empty()), admin).exports()).as("of others").isEmpty();

      List<ExportView> paged = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        ExportsPage page = jobs.own(new Page(2, cursor), ALICE);
        assertThat(page.exports()).hasSizeBetween(1, 2);
        paged.addAll(page.exports());
        assertThat(page.hasMore()).isEqualTo(page.nextCursor().isPresent());
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertThat(paged).isEqualTo(newestFirst);
      for (String bad : List.of("x", Page.cursor("exports1", NOW.toString(), "x"), Page.cursor("exports1", "x", "x"),
          Page.cursor("discrepancies1", NOW.toString(), UUID.randomUUID().toString()))) {
        assertRefused(() -> jobs.own(new Page(2, Optional.of(bad)), ALICE), ProblemCode.BAD_CURSOR);
      }
      seconds.set((int) Duration.ofHours(1).toSeconds());
      assertThat(jobs.own(new Page(50, Optional.empty()), ALICE).exports()).as("two have expired")
          .isEqualTo(newestFirst.subList(0, 3));
    }
  }

  @Test
  void an_export_that_is_too_long_has_failed() {
    try (ExportJobs jobs = jobs(10, 1_024, () -> NOW)) {
      assertThat(ended(jobs, ALICE, 92).bytes()).hasValue(6 + 11 * 92);
      ExportView failed = ended(jobs, ALICE, 93);
      assertThat(failed.failure().orElseThrow().code()).isEqualTo("too-much-at-once");
      assertThat(failed.bytes()).isEmpty();
      assertThat(jobs.content(failed.id())).doesNotExist();
      assertRefused(() -> jobs.requireContent(failed.id(), ALICE), ProblemCode.EXPORT_NOT_COMPLETED);
    }
  }

  /** The clock goes on by half a second with each row; an export has one second, and no more. */
  @Test
  void an_export_that_takes_too_long_has_failed() {
    AtomicInteger asked = new AtomicInteger();
    for (int rows : List.of(2, 3)) {
      try (ExportJobs jobs = jobs(10, 1_024, () -> Thread.currentThread().getName().startsWith("export-")
          ? NOW.plusMillis(500L * asked.getAndIncrement()) : NOW)) {
        asked.set(0);
        assertThat(ended(jobs, ALICE, rows).failure().map(ExportView.Failure::code))
            .isEqualTo(rows == 2 ? Optional.empty() : Optional.of("deadline-exceeded"));
      }
    }
  }

  @Test
  void wallets_keep_half_of_the_exports() {
    try (ExportJobs jobs = jobs(4, 1_024, () -> NOW)) {
      for (int i = 0; i < 2; i++) {
        assertThat(ended(jobs, wallet(i), 1).state()).isEqualTo(ExportView.State.COMPLETED);
      }
      assertRefused(() -> ended(jobs, wallet(3), 1), ProblemCode.TOO_MANY_EXPORTS);
      for (int i = 0; i < 2; i++) {
        assertThat(ended(jobs, ALICE, 1).state()).isEqualTo(ExportView.State.COMPLETED);
      }
      assertRefused(() -> ended(jobs, ALICE, 1), ProblemCode.TOO_MANY_EXPORTS);
    }
  }

  private static Caller wallet(int nth) {
    WalletAddress address = Wallets.wallet(nth);
    return new Caller(address.value(), Caller.Credential.WALLET_TOKEN, Set.of(Scope.LEDGER_READ_OWN),
        Optional.of(address), Optional.empty());
  }

  private static void assertRefused(Runnable asked, ProblemCode code) {
    assertThatThrownBy(asked::run).isInstanceOfSatisfying(Refusal.class,
        refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
