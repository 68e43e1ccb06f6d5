package io.neuronledger.indexer.rpc.http;

import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Decodes an HTTP body's content coding (RFC 9110, 8.4). Some nodes compress without a request for it. */
final class ContentCoding {
  private static final int ZLIB_METHOD_MASK = 0x0f;
  private static final int ZLIB_DEFLATE = 8;
  private static final int ZLIB_HEADER_MULTIPLE = 31;
  private static final int BYTE_MASK = 0xff;

  private ContentCoding() {}

  /**
   * Decodes a body.
   *
   * @param coding the value of {@code Content-Encoding}
   * @param bytesMax the longest accepted decoded body
   * @throws RpcFailure if the decoded body is longer
   * @throws IllegalArgumentException for an unknown coding
   * @throws IOException if the body is not of that coding, or is truncated
   */
  static byte[] decoded(String coding, byte[] body, long bytesMax) throws IOException {
    return switch (coding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> limited(new GZIPInputStream(new ByteArrayInputStream(body)), bytesMax);
      case "deflate" -> limited(inflating(body), bytesMax);
      default -> throw new IllegalArgumentException("the answer has the content coding " + coding
          + ", which was not requested and is unknown");
    };
  }

  /** With the zlib header, as in the RFC, or without it, as some servers send. */
  private static InputStream inflating(byte[] body) {
    boolean zlib = body.length > 1 && (body[0] & ZLIB_METHOD_MASK) == ZLIB_DEFLATE
        && (((body[0] & BYTE_MASK) << Byte.SIZE) | (body[1] & BYTE_MASK)) % ZLIB_HEADER_MULTIPLE == 0;
    return new InflaterInputStream(new ByteArrayInputStream(body), new Inflater(!zlib)) {
      @Override
      public void close() throws IOException {
        super.close();
        inf.end();
      }
    };
  }

  private static byte[] limited(InputStream decoding, long bytesMax) throws IOException {
    try (decoding) {
      byte[] decoded = decoding.readNBytes((int) Math.min(bytesMax, Integer.MAX_VALUE - Byte.SIZE));
      if (decoding.read() >= 0) {
        throw RpcFailure.tooLong("the decoded answer is longer than " + bytesMax + " bytes");
      }
      return decoded;
    }
  }
}
