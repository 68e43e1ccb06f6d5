package io.neuronledger.query.webhook.sending;

import java.net.InetAddress;
import java.net.UnknownHostException;
import okhttp3.HttpUrl;

/** Which URLs a webhook may have; the parser is that of the client which sends to it. */
public final class TargetUrl {
  /** The most characters. */
  public static final int LENGTH_MAX = 2_000;
  private static final int PRIVILEGED_PORTS = 1_024;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;
  private static final char FIRST_VISIBLE = '!';
  private static final char LAST_VISIBLE = '~';

  private final boolean isHttpAllowed;
  private final AddressRules addresses;

  /** @param isHttpAllowed whether a URL may be without TLS */
  public TargetUrl(boolean isHttpAllowed, AddressRules addresses) {
    this.isHttpAllowed = isHttpAllowed;
    this.addresses = addresses;
  }

  /**
   * The URL in its normal form.
   *
   * @throws IllegalArgumentException unless it is {@code https}, or {@code http} where that is allowed; of at most
   *     {@value #LENGTH_MAX} visible ASCII characters; without user, password and fragment; its port is that of the
   *     scheme, or 1024 or higher; and its host, where it is an address, may be connected to, and where it is a name
   *     has a dot, unless networks beside the public internet are allowed
   */
  public String parse(String text) {
    if (text.isEmpty() || text.length() > LENGTH_MAX
        || !text.chars().allMatch(c -> c >= FIRST_VISIBLE && c <= LAST_VISIBLE && c != '\\')) {
      throw new IllegalArgumentException("must have 1 to " + LENGTH_MAX + " visible ASCII characters, and no \\");
    }
    HttpUrl url = HttpUrl.parse(text);
    if (url == null || !(url.isHttps() || isHttpAllowed)) {
      throw new IllegalArgumentException("must be " + (isHttpAllowed ? "an http or" : "an") + " https URL");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty() || text.indexOf('@') >= 0 || url.fragment() != null) {
      throw new IllegalArgumentException("must have no user, no password, no @ and no fragment");
    }
    int ownPort = url.isHttps() ? HTTPS_PORT : HTTP_PORT;
    if (url.port() != ownPort && url.port() < PRIVILEGED_PORTS) {
      throw new IllegalArgumentException("must have the port " + ownPort + ", or one from " + PRIVILEGED_PORTS + " on");
    }
    if (isAddress(url.host()) ? !isAllowed(url.host()) : isLocal(url.host()) && addresses.isPublicOnly()) {
      throw new IllegalArgumentException("must be at an address of the public internet");
    }
    return url.toString();
  }

  /** A number without dots is one of IPv4, too. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  /** No name of the public internet is without a dot; the one at the end does not count. */
  private static boolean isLocal(String host) {
    return host.indexOf('.') < 0 || host.indexOf('.') == host.length() - 1;
  }

  private boolean isAllowed(String address) {
    try {
      return addresses.isAllowed(InetAddress.getByName(address));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
