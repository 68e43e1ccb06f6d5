package io.neuronledger.cli.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Bodies that no operation accepts, each with the headers that describe it. */
final class HostileBodies {
  static final String JSON = "Content-Type: application/json";
  /** A report whose fee is not that of its units. */
  static final String REPORT = """
      {"request_id":"hostile-1","owner":"0x70997970c51812dc3a010c7d01b50e0d17dc79c8",\
      "provider":"0x90f79bf6eb2c4f870365e785982e1f101e93b906","service":"inference-v1.0","model":"glm-5-fp8",\
      "units":{"kind":"images","count":2,"price":"50000000000000001"},"fee":"1","when":"2026-01-01T00:00:00Z",\
      "source":"direct"}""";
  /** A key that has expired long ago. */
  static final String KEY = """
      {"name":"hostile","scopes":["finance:read"],"expires_at":"1970-01-01T00:00:00Z"}""";

  private static final int MEGABYTES_10 = 10 << 20;
  private static final int SEVERAL_MEGABYTES = 5 << 20;

  private HostileBodies() {}

  /**
   * @param content a character for each byte
   * @param longer than what the services read, so that they may close the connection first
   */
  record Body(String headers, String content, boolean longer) {
    private static Body of(String headers, String text) {
      return new Body(headers, HostileRequest.latin(text.getBytes(StandardCharsets.UTF_8)), false);
    }

    private static Body json(String text) {
      return of(JSON, text);
    }
  }

  /** Those of a few bytes. */
  static List<Body> small() {
    return List.of(Body.json(""), Body.json("x"), Body.json("{"), Body.json("[{}"), Body.json("{}"), Body.json("[]"),
        Body.json("[[]]"), Body.json("null"), Body.json("[null,null]"), Body.json("true"), Body.json("\"\""),
        Body.json("1e999999999"), Body.json("-0"), Body.json("NaN"), Body.json("{}{}"), Body.json("\uFEFF{}"),
        Body.json("{\"reason\":\"a\",\"reason\":\"b\"}"), Body.json("{\"reason\":\"\\ud800\"}"),
        Body.json("{\"reason\":\"\\u0000\"}"), Body.json("{\"reason\":[\"a\"]}"), Body.json("{\"reason\":{}}"),
        Body.json("{\"amount\":1e400,\"reason\":\"a\"}"), Body.json("{\"name\":[],\"scopes\":{},\"expires_at\":0}"),
        Body.json("{\"\\u0000\":1}"), Body.json("{\"__proto__\":{\"admin\":true}}"),
        Body.json("{\"@type\":\"java.lang.Runtime\"}"), Body.json(REPORT.replace("\"1\"", "1")),
        Body.json(REPORT.replace("\"images\"", "[\"images\"]")), Body.json(REPORT.replace("2,", "-2,")),
        Body.json(REPORT.replace("2,", "1e18,")), Body.json(REPORT.replace("2026", "+999999999")),
        Body.json(REPORT.replace("}", ",\"by\":\"cfo\"}")), Body.json("[" + REPORT + "," + REPORT + ",7]"),
        Body.json(KEY), Body.json(KEY.replace("[\"finance:read\"]", "\"admin\"")),
        Body.json(KEY.replace("1970-01-01T00:00:00Z", "+1000000000-12-31T23:59:59Z")),
        Body.of("Content-Type: text/plain", "{}"), Body.of("Content-Type: application/xml", "<!DOCTYPE a><a/>"),
        Body.of("Content-Type: application/x-www-form-urlencoded", "a=%zz&b"),
        Body.of("Content-Type: multipart/form-data; boundary=x", "--x\r\n\r\n--x--"), Body.of("Content-Type: /", "{}"),
        Body.of("Content-Type: application/json; charset=utf-7", "{}"),
        Body.of("Content-Type: application/json; charset=nothing", "{}"), Body.of("X-No-Type: 1", "{}"),
        Body.of(JSON + "\r\nContent-Type: text/plain", "{}"), Body.of(JSON + "\r\nContent-Encoding: br", "{}"),
        new Body(JSON, "\u00ff\u00fe\u0000", false),
        new Body(JSON, HostileRequest.latin("{\"reason\":\"a\"}".getBytes(StandardCharsets.UTF_16)), false));
  }

  /** Those that cost a parser much: long, deep, wide, and short ones that would become long. */
  static List<Body> large() {
    return List.of(Body.json("[".repeat(100_000)), Body.json("{\"a\":".repeat(50_000)),
        Body.json("[" + "1,".repeat(200_000) + "1]"), Body.json("1".repeat(1_000_000)),
        Body.json("{\"reason\":\"" + "a".repeat(1_000_000) + "\"}"), Body.json("[" + "{},".repeat(1_001) + "{}]"),
        new Body(JSON + "\r\nContent-Encoding: gzip", HostileRequest.latin(gzipBomb()), false),
        new Body(JSON, " ".repeat(SEVERAL_MEGABYTES), true),
        new Body(JSON, "\"" + "a".repeat(MEGABYTES_10) + "\"", true));
  }

  private static byte[] gzipBomb() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(new byte[MEGABYTES_10]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
