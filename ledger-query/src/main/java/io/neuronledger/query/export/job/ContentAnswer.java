package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.export.Csv;
import io.neuronledger.query.export.Export;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRange;
import org.springframework.http.HttpStatus;

/**
 * The answer with the content of an export, or with one range of it (RFC 9110). The tag is its SHA-256: a content never
 * changes. Several ranges at once are answered with the whole, as the standard allows.
 */
final class ContentAnswer implements Closeable {
  static final String NDJSON = "application/x-ndjson";
  static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private final ExportView view;
  private final long length;
  private final FileChannel file;

  /** @throws Refusal if the export was removed meanwhile */
  ContentAnswer(ExportView view, Path content) throws IOException {
    this.view = view;
    this.length = view.bytes().orElseThrow();
    try {
      this.file = FileChannel.open(content, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw ExportJobs.notFound(view.id());
    }
  }

  void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String sha256 = view.sha256().orElseThrow();
    String tag = "\"" + sha256 + "\"";
    response.setHeader(HttpHeaders.ETAG, tag);
    response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
    Optional<HttpRange> range = range(request, tag);
    long first = range.map(each -> each.getRangeStart(length)).orElse(0L);
    if (first >= length && range.isPresent()) {
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + length);
      throw new Refusal(ProblemCode.RANGE_NOT_SATISFIABLE, "the content has " + length + " bytes");
    }
    long count = range.map(each -> each.getRangeEnd(length) - first + 1).orElse(length);
    range.ifPresent(_ -> {
      response.setStatus(HttpStatus.PARTIAL_CONTENT.value());
      response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes " + first + "-" + (first + count - 1) + "/" + length);
    });
    describe(response, sha256);
    response.setContentLengthLong(count);
    if (!request.getMethod().equals("HEAD")) {
      copy(first, count, Channels.newChannel(response.getOutputStream()));
    }
    response.flushBuffer();
  }

  private void describe(HttpServletResponse response, String sha256) {
    response.setHeader(HttpHeaders.CONTENT_TYPE, switch (view.format()) {
      case CSV -> Csv.TYPE + ";charset=UTF-8";
      case NDJSON -> NDJSON;
      case XLSX -> WORKBOOK;
    });
    response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(view.fileName().orElseThrow()).build().toString());
    // Of the whole, also where a range is sent.
    Export.describe(HexFormat.of().parseHex(sha256), response::setHeader);
    response.setHeader(Csv.ROWS, String.valueOf(view.rows().orElseThrow()));
    Optional<AsOf> asOf = view.asOf();
    asOf.ifPresent(of -> Csv.describe(of, response::setHeader));
  }

  /** The one range that is asked for of this content; empty: the whole. */
  private static Optional<HttpRange> range(HttpServletRequest request, String tag) {
    String given = request.getHeader(HttpHeaders.RANGE);
    String condition = request.getHeader(HttpHeaders.IF_RANGE);
    if (given == null || (condition != null && !condition.equals(tag))) {
      return Optional.empty();
    }
    return ranges(given).filter(all -> all.size() == 1).map(List::getFirst);
  }

  /** Empty where it is no range of bytes, which the standard has ignored. */
  private static Optional<List<HttpRange>> ranges(String given) {
    try {
      return Optional.of(HttpRange.parseRanges(given));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void copy(long first, long count, WritableByteChannel to) throws IOException {
    long sent = 0;
    while (sent < count) {
      long more = file.transferTo(first + sent, count - sent, to);
      if (more <= 0) {
        throw new IOException("the content of the export " + view.id() + " is shorter than it was");
      }
      sent += more;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
