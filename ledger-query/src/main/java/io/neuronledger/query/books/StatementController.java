package io.neuronledger.query.books;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.books.StatementAnswer;
import io.neuronledger.foundation.problem.answer.AnswerJson;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import io.neuronledger.foundation.problem.answer.TakesUnit;
import io.neuronledger.query.asof.OwnerReads;
import io.neuronledger.query.asof.selector.BlockSelector;
import io.neuronledger.query.asof.selector.Newest;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Export;
import io.neuronledger.query.export.Exports;
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

/** What did a wallet have, what moved, and what is left, in a period? */
@RestController
class StatementController {
  private static final List<MediaType> FORMS =
      List.of(MediaType.APPLICATION_JSON, MediaType.valueOf(Csv.TYPE), MediaType.APPLICATION_PDF);

  private final OwnerReads reads;
  private final Exports exports;
  private final AnswerJson json;
  private final StatementQueries queries = new StatementQueries();

  StatementController(@Qualifier("exportOwnerReads") OwnerReads reads, Exports exports, AnswerJson json) {
    this.reads = reads;
    this.exports = exports;
    this.json = json;
  }

  @TakesUnit
  @GetMapping(path = "/v1/ledgers/{owner}/statement",
      produces = {MediaType.APPLICATION_JSON_VALUE, Csv.TYPE, MediaType.APPLICATION_PDF_VALUE})
  void statement(@PathVariable WalletAddress owner, StatementFilter filter, @Newest BlockSelector selector,
      HttpServletRequest request, HttpServletResponse response) throws HttpMediaTypeNotAcceptableException {
    MediaType form = Csv.preferred(request, FORMS);
    AnswerUnit unit = AnswerUnit.of(request);
    exports.send(response, export -> {
      // Written after the read has ended: making pages holds no database connection.
      StatementAnswer statement =
          reads.answer(owner, selector, (at, db) -> queries.statement(owner, filter.period(), at, db));
      write(statement, form, unit, export);
    });
  }

  private void write(StatementAnswer statement, MediaType form, AnswerUnit unit, Export export) {
    OutputStream out = Csv.begin(export, form.toString(), statement.asOf());
    if (form.equals(MediaType.APPLICATION_JSON)) {
      json.in(unit).writeValue(out, statement);
      return;
    }
    boolean isPdf = form.equals(MediaType.APPLICATION_PDF);
    String name = statement.owner().checksummed() + "-" + statement.asOf().block() + (isPdf ? ".pdf" : ".csv");
    export.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"statement-" + name + "\"");
    if (isPdf) {
      // The other forms are text.
      export.header(HttpHeaders.CONTENT_TYPE, form.toString());
      StatementPdf.write(statement, out);
    } else {
      StatementCsv.write(statement, out);
    }
  }
}
