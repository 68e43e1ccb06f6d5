package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.period.AccountingPeriod;
import io.neuronledger.contracts.period.FrozenReport;
import io.neuronledger.contracts.period.ReportHash;
import io.neuronledger.contracts.view.period.FrozenReportAnswer;
import io.neuronledger.contracts.view.period.PeriodView;
import io.neuronledger.contracts.view.period.PeriodsPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.settlement.period.kept.FrozenReports;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The periods, and the reports whose bytes are kept. */
@RestController
class FrozenReportController {
  private final Reporting reporting;
  private final Exports exports;

  FrozenReportController(Reporting reporting, Exports exports) {
    this.reporting = reporting;
    this.exports = exports;
  }

  @GetMapping(path = "/v1/periods", produces = MediaType.APPLICATION_JSON_VALUE)
  PeriodsPage periods(@Newest BlockSelector selector) {
    return reporting.reads().answer(selector, (_, db) -> {
      Books books = reporting.books(db);
      List<FrozenReports.Kept> kept = reporting.kept().all(db);
      TreeSet<AccountingPeriod> periods = new TreeSet<>(Comparator.reverseOrder());
      periods.addAll(books.periods());
      kept.forEach(each -> periods.add(each.answer().period()));
      return new PeriodsPage(periods.stream().map(period -> view(period, books, kept)).toList());
    });
  }

  @GetMapping(path = "/v1/periods/{period}", produces = MediaType.APPLICATION_JSON_VALUE)
  PeriodView period(@PathVariable AccountingPeriod period, @Newest BlockSelector selector) {
    return reporting.reads().answer(selector, (_, db) -> view(period, reporting.books(db), reporting.kept().all(db)));
  }

  @PostMapping(path = "/v1/periods/{period}/reports", produces = MediaType.APPLICATION_JSON_VALUE)
  FrozenReportAnswer freeze(@PathVariable AccountingPeriod period, Caller caller, @Newest BlockSelector selector) {
    return reporting.freeze(period, caller.subject(), selector);
  }

  @GetMapping(path = "/v1/periods/{period}/reports/{hash}", produces = MediaType.APPLICATION_JSON_VALUE)
  void report(@PathVariable AccountingPeriod period, @PathVariable ReportHash hash, HttpServletResponse response) {
    exports.send(response, export -> reporting.reads().now(db -> {
      FrozenReports.Kept kept = reporting.kept().find(period, hash, db).orElseThrow(() -> new Refusal(
          ProblemCode.PERIOD_REPORT_NOT_FOUND, "no report of " + period + " with the hash " + hash + " is kept"));
      export.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE + ";charset=UTF-8")
          .header(HttpHeaders.CACHE_CONTROL, "no-store").header(HttpHeaders.ETAG, '"' + hash.value() + '"');
      reporting.kept().read(kept.report(), db, part -> {
        try {
          export.body().write(part);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      return kept;
    }));
  }

  private static PeriodView view(AccountingPeriod period, Books books, List<FrozenReports.Kept> kept) {
    List<FrozenReport> frozen = kept.stream().map(FrozenReports.Kept::answer)
        .filter(each -> each.period().equals(period)).map(FrozenReportAnswer::report).toList();
    Optional<FrozenReport> report = books.closedBy(period).or(() -> books.proposed(period));
    return new PeriodView(period, books.state(period), report, report.map(frozen::contains),
        frozen.stream().map(FrozenReport::hash).toList(), books.decisions(period));
  }
}
