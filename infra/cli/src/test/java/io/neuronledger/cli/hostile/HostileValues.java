package io.neuronledger.cli.hostile;

import java.util.List;

/** Values that a parser, a database, a log or a header could choke on. Few are right values of a parameter. */
final class HostileValues {
  private static final String UINT_256 =
      "115792089237316195423570985008687907853269984665640564039457584007913129639936";

  /** For a path or a query string, percent-encoded where they must be; some are no valid encoding at all. */
  static final List<String> ENCODED = List.of("", "%20", "%00", "a%00b", "-1", "0", "1.5", "1e400", "NaN", "Infinity",
      "9223372036854775808", UINT_256, "-" + UINT_256, "0x", "0x" + "f".repeat(64), "9".repeat(6_000), "%zz", "%",
      "%FF%FE", "%C3%28", "%ED%A0%80", "%ED%B0%80", "%F0%9F%98%80", "%E2%80%AE", "%EF%BF%BF", "%D9%A1%D9%A2",
      "%27%20OR%201%3D1--", "%27%3BDROP%20TABLE%20partition%3B--", "%22%5C", "%25%5F", "$%7Bjndi:ldap:x%7D", "..",
      "..%2F..%2Fetc%2Fpasswd", "%2e%2e%2f", "a%2Fb", "a%5Cb", "a;b=c", "%0D%0AX-Injected:%201", "null", "true",
      "[]", "%7B%7D", "1,2", "+1", "%2B1", "2026-02-30", "99999-01-01", "\u00e9", "a\\b", "*");

  /** For a header: nothing that would end its line. */
  static final List<String> IN_HEADERS = List.of("", "-1", "NaN", UINT_256, "9".repeat(6_000), "\u0001", "\t", "\u00ff",
      "a\u0000b", "' OR 1=1--", "\"\\", "${jndi:ldap:x}", "../../etc/passwd", "0x", "0x" + "f".repeat(64), "null",
      "%00", "%0D%0AX-Injected: 1", "\uD83D\uDE00", "a,b", "a;b=c");

  private HostileValues() {}
}
