package io.neuronledger.testkit.servers;

import java.util.List;
import java.util.stream.Stream;

/**
 * Malformed or unusual HTTP requests that every service answers with a problem document.
 */
public final class OddRequests {
  private static final String HOST = "Host: 127.0.0.1\r\nConnection: close\r\n";
  private static final String MULTIPART = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n";

  private OddRequests() {}

  /**
   * Whole requests, to be sent unchanged.
   *
   * @param post a path that accepts POST
   */
  public static List<String> of(String post) {
    return List.of(
        "GET /actuator/health?x=%zz HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /actuator/health?%FF=1 HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /actuator/nothing HTTP/1.1\r\n" + HOST + "\r\n",
        "POST /actuator/health HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n",
        "GET /error HTTP/1.1\r\n" + HOST + "\r\n",
        "POST /error HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n",
        "GET /no/such/path HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /%zz HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /a%00b HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /a\\b HTTP/1.1\r\n" + HOST + "\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\n" + HOST + "\r\n",
        "GET " + post + ";a=b HTTP/1.1\r\n" + HOST + "\r\n",
        "BREW " + post + " HTTP/1.1\r\n" + HOST + "\r\n",
        "TRACE / HTTP/1.1\r\n" + HOST + "\r\n",
        "DELETE " + post + " HTTP/1.1\r\n" + HOST + "\r\n",
        "PUT " + post + " HTTP/1.1\r\n" + HOST + "Content-Length: 2\r\n\r\n{}",
        "get / HTTP/1.1\r\n" + HOST + "\r\n",
        "GET / HTTP/3.0\r\n" + HOST + "\r\n",
        "GET / HTTQ/1.1\r\n" + HOST + "\r\n",
        "GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
        "GET / HTTP/1.1\r\n" + HOST + "no header\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\nContent-Type: application/json\r\n\r\n{}",
        "POST " + post + " HTTP/1.1\r\n" + HOST
            + "Transfer-Encoding: chunked, what\r\nContent-Type: application/json\r\n\r\n0\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Content-Length: x\r\n\r\n",
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Expect: wonders\r\nContent-Length: 0\r\n\r\n");
  }

  /**
   * Requests whose body is not JSON.
   *
   * @param post a path that accepts POST of JSON
   */
  public static List<String> bodies(String post) {
    return List.of(
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: "
            + MULTIPART.length() + "\r\n\r\n" + MULTIPART,
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Content-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
        "POST " + post + " HTTP/1.1\r\n" + HOST
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=%zz&b",
        "PUT " + post + " HTTP/1.1\r\n" + HOST
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=%zz&b",
        "POST " + post + " HTTP/1.1\r\n" + HOST + "Content-Type: no type at all\r\nContent-Length: 2\r\n\r\n{}");
  }

  /**
   * Requests whose body is framed otherwise than their headers declare.
   *
   * @param post a path that accepts POST of JSON
   */
  public static List<String> unreadableBodies(String post) {
    return Stream.of("ffffffffffffffff\r\n{}", "zz\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n").map(chunks ->
        "POST " + post + " HTTP/1.1\r\n" + HOST
            + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks).toList();
  }
}
