package io.neuronledger.command.signin.message;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of RFC 3986's grammar that a message has. An address of a future version of IP is not known. */
final class Rfc3986 {
  /** Without the percent sign's digits, which {@link #BROKEN_ESCAPE} looks at: a choice in a loop costs the stack. */
  private static final String UNRESERVED_OR_SUB_DELIMS = "A-Za-z0-9._~!$&'()*+,;=%\\-";
  private static final String PCHAR = UNRESERVED_OR_SUB_DELIMS + ":@";
  private static final String AUTHORITY = "(?:[" + UNRESERVED_OR_SUB_DELIMS + ":]*+@)?"
      + "(?:\\[(?<ip>[0-9A-Fa-f:.]+)]|[" + UNRESERVED_OR_SUB_DELIMS + "]*+)(?::[0-9]*+)?";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+");
  private static final Pattern WHOLE_AUTHORITY = Pattern.compile(AUTHORITY);
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*+:"
      + "(?://" + AUTHORITY + "(?:/[" + PCHAR + "/]*+)?|/(?:[" + PCHAR + "][" + PCHAR + "/]*+)?"
      + "|[" + PCHAR + "][" + PCHAR + "/]*+|)"
      + "(?:\\?[" + PCHAR + "/?]*+)?(?:#[" + PCHAR + "/?]*+)?");
  private static final Pattern PCHARS = Pattern.compile("[" + PCHAR + "]*+");
  private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

  private Rfc3986() {}

  static boolean isScheme(String text) {
    return SCHEME.matcher(text).matches();
  }

  /** Whether it is an authority: a host, maybe with a user and a port; not an empty one. */
  static boolean isAuthority(String text) {
    return !text.isEmpty() && matches(WHOLE_AUTHORITY, text);
  }

  static boolean isUri(String text) {
    return matches(URI, text);
  }

  /** Whether it has the characters of one segment of a path, or none. */
  static boolean isPchars(String text) {
    return PCHARS.matcher(text).matches() && !BROKEN_ESCAPE.matcher(text).find();
  }

  private static boolean matches(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.matches() && !BROKEN_ESCAPE.matcher(text).find()
        && (matcher.group("ip") == null || isIpv6(matcher.group("ip")));
  }

  private static boolean isIpv6(String text) {
    try {
      // An address in the form of IPv4's, like ::ffff:1.2.3.4, is read as an IPv4 address.
      return text.contains(":") && InetAddress.ofLiteral(text).getAddress().length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
