package io.neuronledger.query.settlement.period;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.export.job.ExportJobs;
import io.neuronledger.query.export.job.ExportRequest;
import io.neuronledger.query.export.job.ExportedPage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Usage, payments and balances of providers in a period. */
@RestController
class PeriodController {
  private final Reporting reporting;
  private final Exports exports;
  private final AnswerJson json;
  private final ExportJobs exportJobs;

  PeriodController(Reporting reporting, Exports exports, AnswerJson json, ExportJobs exportJobs) {
    this.reporting = reporting;
    this.exports = exports;
    this.json = json;
    this.exportJobs = exportJobs;
  }

  @TakesUnit
  @GetMapping(path = "/v1/reports/settlement", produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE})
  void report(PeriodFilter filter, @Newest BlockSelector selector, HttpServletRequest request,
      HttpServletResponse response)
      throws HttpMediaTypeNotAcceptableException {
    boolean csv = Csv.isWanted(request);
    exports.send(response, export -> reporting.reads().answer(selector, (asOf, db) -> {
      PeriodReport.Content content = reporting.content(filter, asOf, db);
      return csv ? PeriodReport.csv(content, export)
          : PeriodReport.json(filter, content, export, json.in(AnswerUnit.of(request)));
    }));
  }

  @TakesUnit
  @PostMapping(path = "/v1/reports/settlement/exports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportView> exportReport(PeriodFilter filter, @Newest BlockSelector selector, ExportRequest wanted) {
    return exportJobs.beginReport(wanted, ReportLine.class, selector, (asOf, db) -> {
      PeriodReport.Content content = reporting.content(filter, asOf, db);
      return new ExportedPage.Report<>(content.asOf(), each -> ReportLine.each(content, each));
    });
  }
}
