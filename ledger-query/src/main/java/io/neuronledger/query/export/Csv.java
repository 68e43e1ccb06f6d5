package io.neuronledger.query.export;
import io.neuronledger.contracts.view.AsOf;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.context.request.ServletWebRequest;

/** Which form the caller wants, and how an answer in it begins. */
public final class Csv {
  public static final String TYPE = "text/csv";

  private static final MediaType MEDIA_TYPE = MediaType.valueOf(TYPE);
  private static final HeaderContentNegotiationStrategy ACCEPT = new HeaderContentNegotiationStrategy();

  private Csv() {}

  /** Whether {@code Accept} prefers CSV to JSON. */
  public static boolean isWanted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
    List<MediaType> accepted = ACCEPT.resolveMediaTypes(new ServletWebRequest(request));
    for (MediaType type : accepted) {
      if (type.includes(MediaType.APPLICATION_JSON)) {
        return false;
      }
      if (type.includes(MEDIA_TYPE)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Begins an answer that is written while it is read: what it stands at is said in headers, because CSV has no place
   * for it.
   */
  public static OutputStream begin(HttpServletResponse response, String contentType, AsOf asOf) {
    response.setContentType(contentType);
    response.setCharacterEncoding("UTF-8");
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    response.setHeader("Ledger-As-Of-Block", String.valueOf(asOf.block()));
    response.setHeader("Ledger-As-Of-Block-Hash", asOf.blockHash().value());
    response.setHeader("Ledger-As-Of-Block-Time", asOf.blockTime().toString());
    response.setHeader("Ledger-As-Of-Finalized", String.valueOf(asOf.finalized()));
    asOf.guard().ifPresent(guard -> response.setHeader("Ledger-As-Of-Guard", guard.tag()));
    response.setHeader("Ledger-As-Of-Behind", String.valueOf(asOf.behind()));
    try {
      return response.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
