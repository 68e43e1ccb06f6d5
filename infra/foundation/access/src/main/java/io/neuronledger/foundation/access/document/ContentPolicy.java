package io.neuronledger.foundation.access.document;

import java.net.URI;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a page may load and call, as its browser reads it: the value of {@code Content-Security-Policy}. */
public record ContentPolicy(String directives) {
  /** The header. */
  static final String HEADER = "Content-Security-Policy";

  /** Scripts, styles, fonts and requests of this service alone; pictures may also be part of a style. */
  public static ContentPolicy ofOwnFiles() {
    return ofOwnFilesAnd(List.of());
  }

  /**
   * The same, and requests to these services.
   *
   * @param services their addresses, of which the origins count
   */
  public static ContentPolicy ofOwnFilesAnd(List<String> services) {
    String called = services.stream().map(ContentPolicy::origin).collect(Collectors.toCollection(TreeSet::new)).stream()
        .map(" "::concat).collect(Collectors.joining());
    return new ContentPolicy("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        + " connect-src 'self'" + called
        + "; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
  }

  private static String origin(String address) {
    URI uri = URI.create(address);
    return uri.getScheme() + "://" + uri.getRawAuthority();
  }
}
