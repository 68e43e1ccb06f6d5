package io.neuronledger.query.export;

import io.neuronledger.contracts.view.AsOf;
import jakarta.servlet.http.HttpServletRequest;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;

/** Content negotiation and headers of CSV answers. */
public final class Csv {
  public static final String TYPE = "text/csv";
  /** The header with the number of rows, without the line that names the columns. */
  public static final String ROWS = "Ledger-Rows";

  private static final MediaType MEDIA_TYPE = MediaType.valueOf(TYPE);
  private static final HeaderContentNegotiationStrategy ACCEPT = new HeaderContentNegotiationStrategy();

  private Csv() {}

  /** Whether {@code Accept} prefers CSV to JSON. */
  public static boolean isWanted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
    return preferred(request, List.of(MediaType.APPLICATION_JSON, MEDIA_TYPE)).equals(MEDIA_TYPE);
  }

  /**
   * The form that {@code Accept} prefers.
   *
   * @param offered one or more; the first one where several are as good
   */
  public static MediaType preferred(HttpServletRequest request, List<MediaType> offered)
      throws HttpMediaTypeNotAcceptableException {
    for (MediaType type : ACCEPT.resolveMediaTypes(new ServletWebRequest(request))) {
      Optional<MediaType> first = offered.stream().filter(type::includes).findFirst();
      if (type.getQualityValue() > 0 && first.isPresent()) {
        return first.get();
      }
    }
    return offered.getFirst();
  }

  /** Begins an export, with {@code as_of} in headers, because CSV has no place for it. */
  public static OutputStream begin(Export export, String contentType, AsOf asOf) {
    export.header(HttpHeaders.CONTENT_TYPE, contentType + ";charset=UTF-8")
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
    describe(asOf, export::header);
    return export.body();
  }

  /** Ends an export, with the number of rows in a header: it has no last line of another kind. */
  public static void end(Export export, long rows) {
    export.header(ROWS, String.valueOf(rows));
  }

  /** Writes {@code as_of} into the headers of an answer. */
  public static void describe(AsOf asOf, BiConsumer<String, String> header) {
    header.accept("Ledger-As-Of-Block", String.valueOf(asOf.block()));
    header.accept("Ledger-As-Of-Block-Hash", asOf.blockHash().value());
    header.accept("Ledger-As-Of-Block-Time", asOf.blockTime().toString());
    header.accept("Ledger-As-Of-Finalized", String.valueOf(asOf.finalized()));
    header.accept("Ledger-As-Of-Behind", String.valueOf(asOf.behind()));
    asOf.guard().ifPresent(guard -> header.accept("Ledger-As-Of-Guard", guard.tag()));
  }
}
