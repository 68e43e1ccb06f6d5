package io.neuronledger.contracts.view.export;

import io.neuronledger.contracts.view.AsOf;

/**
 * The description of a content, to be kept beside it: what it has to have, of what, and as of which block. It is there
 * for completed exports alone, and never changes.
 *
 * @param fileName under which the content is offered
 * @param source the path and the query of the list, as they were asked for
 * @param rows how many there are, 0 or more; a header line is none
 * @param bytes the length of the content
 * @param sha256 the SHA-256 of the content, 64 lower-case hex digits
 * @param asOf of all rows
 */
public record ExportSidecar(String fileName, String source, ExportView.Format format, long rows, long bytes,
    String sha256, AsOf asOf) {
  /** @throws java.util.NoSuchElementException if the export is not completed */
  public static ExportSidecar of(ExportView completed) {
    return new ExportSidecar(completed.fileName().orElseThrow(), completed.source(), completed.format(),
        completed.rows().orElseThrow(), completed.bytes().orElseThrow(), completed.sha256().orElseThrow(),
        completed.asOf().orElseThrow());
  }
}
