package io.neuronledger.query.books;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.books.ProviderStatementAnswer;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.GlobalReads;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Export;
import io.neuronledger.query.export.Exports;
import io.neuronledger.query.settlement.period.Reporting;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.OutputStream;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What did a wallet have, or a provider earn, what moved, and what is left, in a period? */
@RestController
class StatementController {
  private static final List<MediaType> FORMS =
      List.of(MediaType.APPLICATION_JSON, MediaType.valueOf(Csv.TYPE), MediaType.APPLICATION_PDF);

  private final OwnerReads ownerReads;
  private final GlobalReads globalReads;
  private final Exports exports;
  private final AnswerJson json;
  private final StatementQueries ofOwners = new StatementQueries();
  private final ProviderQueries ofProviders;

  StatementController(@Qualifier("exportOwnerReads") OwnerReads ownerReads,
      @Qualifier("exportGlobalReads") GlobalReads globalReads, Exports exports, AnswerJson json,
      Reporting reporting) {
    this.ownerReads = ownerReads;
    this.globalReads = globalReads;
    this.exports = exports;
    this.json = json;
    this.ofProviders = new ProviderQueries(reporting);
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers/{owner}/statement",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE, MediaType.APPLICATION_PDF_VALUE})
  void ofOwner(@PathVariable WalletAddress owner, StatementFilter filter, @Newest BlockSelector selector,
      HttpServletRequest request, HttpServletResponse response) throws HttpMediaTypeNotAcceptableException {
    MediaType form = Csv.preferred(request, FORMS);
    AnswerUnit unit = AnswerUnit.of(request);
    exports.send(response, export -> {
      // Written after the read has ended: making pages holds no database connection.
      StatementAnswer statement =
          ownerReads.answer(owner, selector, (at, db) -> ofOwners.statement(owner, filter, at, db));
      OutputStream out = begin(owner, statement.asOf(), filter, form, export);
      write(statement, form, unit, out, () -> Csv.end(export, StatementCsv.write(statement, out)),
          () -> StatementPdf.write(statement, out));
    });
  }

  @TakesUnit
  @GetMapping(path = "/v1/providers/{provider}/statement",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE, MediaType.APPLICATION_PDF_VALUE})
  void ofProvider(@PathVariable WalletAddress provider, StatementFilter filter, @Newest BlockSelector selector,
      HttpServletRequest request, HttpServletResponse response) throws HttpMediaTypeNotAcceptableException {
    MediaType form = Csv.preferred(request, FORMS);
    AnswerUnit unit = AnswerUnit.of(request);
    exports.send(response, export -> {
      ProviderStatementAnswer statement = globalReads.answer(selector,
          (asOf, db) -> ofProviders.statement(provider, filter, asOf, db));
      OutputStream out = begin(provider, statement.asOf(), filter, form, export);
      write(statement, form, unit, out, () -> Csv.end(export, ProviderCsv.write(statement, out)),
          () -> ProviderPdf.write(statement, out));
    });
  }

  private void write(Object statement, MediaType form, AnswerUnit unit, OutputStream out, Runnable csv, Runnable pdf) {
    if (form.equals(MediaType.APPLICATION_JSON)) {
      json.in(unit).writeValue(out, statement);
    } else if (form.equals(MediaType.APPLICATION_PDF)) {
      pdf.run();
    } else {
      csv.run();
    }
  }

  private static OutputStream begin(WalletAddress whose, AsOf asOf, StatementFilter filter, MediaType form,
      Export export) {
    OutputStream out = Csv.begin(export, form.toString(), asOf);
    boolean isPdf = form.equals(MediaType.APPLICATION_PDF);
    if (isPdf) {
      // The other forms are text, with its encoding.
      export.header(HttpHeaders.CONTENT_TYPE, form.toString());
    }
    if (!form.equals(MediaType.APPLICATION_JSON)) {
      export.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"statement-" + whose.checksummed() + "-"
          + asOf.block() + filter.knownAt().map(day -> "-known-at-" + day).orElse("") + (isPdf ? ".pdf\"" : ".csv\""));
    }
    return out;
  }
}
