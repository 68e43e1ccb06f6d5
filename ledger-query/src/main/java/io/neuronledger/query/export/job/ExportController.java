package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.export.ExportSidecar;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.contracts.view.export.ExportsPage;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.request.Page;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which exports are there, how far is one, and what is in it? */
@RestController
@RequestMapping("/v1/exports")
class ExportController {
  private final ExportJobs exports;

  ExportController(ExportJobs exports) {
    this.exports = exports;
  }

  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ExportsPage own(Page page, Caller caller) {
    return exports.own(page, caller);
  }

  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ExportView export(@PathVariable UUID id, Caller caller) {
    return exports.require(id, caller).view();
  }

  // It answers nothing, or a problem: clients that are generated ask for problems alone.
  @DeleteMapping(path = "/{id}",
      produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
  ResponseEntity<Void> delete(@PathVariable UUID id, Caller caller) {
    exports.remove(id, caller);
    return ResponseEntity.noContent().build();
  }

  @GetMapping(path = "/{id}/content", produces = {Csv.TYPE, ContentAnswer.NDJSON, ContentAnswer.WORKBOOK})
  void content(@PathVariable UUID id, Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ExportView view = exports.requireContent(id, caller).view();
    try (ContentAnswer content = new ContentAnswer(view, exports.content(id))) {
      content.send(request, response);
    }
  }

  /** In the form that {@code sha256sum --check} reads. */
  @GetMapping(path = "/{id}/content.sha256", produces = MediaType.TEXT_PLAIN_VALUE)
  ResponseEntity<byte[]> checksum(@PathVariable UUID id, Caller caller) {
    ExportSidecar sidecar = ExportSidecar.of(exports.requireContent(id, caller).view());
    return beside(sidecar, ".sha256").contentType(MediaType.TEXT_PLAIN)
        .body((sidecar.sha256() + "  " + sidecar.fileName() + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  @GetMapping(path = "/{id}/content.json", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ExportSidecar> sidecar(@PathVariable UUID id, Caller caller) {
    ExportSidecar sidecar = ExportSidecar.of(exports.requireContent(id, caller).view());
    return beside(sidecar, ".json").contentType(MediaType.APPLICATION_JSON).body(sidecar);
  }

  private static ResponseEntity.BodyBuilder beside(ExportSidecar sidecar, String ending) {
    return ResponseEntity.ok().header(HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(sidecar.fileName() + ending).build().toString());
  }
}
