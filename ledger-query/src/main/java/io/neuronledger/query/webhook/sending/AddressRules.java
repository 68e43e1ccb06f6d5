package io.neuronledger.query.webhook.sending;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be connected to: those of the public internet, and what a setting allows beside them. So nobody
 * reaches through this service what only it can reach, such as a cloud's metadata.
 */
public final class AddressRules {
  /** All that IANA does not count as globally reachable; those of IPv6 within the only global range. */
  private static final List<Network> REFUSED = Stream.of("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8",
      "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
      "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "2001::/23",
      "2001:db8::/32", "2002::/16", "3fff::/20").map(Network::parse).toList();
  /** IPv6 outside of it is local, or stands for an address of IPv4: NAT64, mapped, compatible. */
  private static final Network GLOBAL = Network.parse("2000::/3");
  private static final int IPV4_BYTES = 4;

  private final List<Network> allowed;

  /** @param allowed networks that are not refused, whatever they are */
  public AddressRules(List<Network> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  /** Whether nothing but the public internet may be connected to. */
  boolean isPublicOnly() {
    return allowed.isEmpty();
  }

  boolean isAllowed(InetAddress address) {
    if (allowed.stream().anyMatch(network -> network.contains(address))) {
      return true;
    }
    boolean isReachable = address.getAddress().length == IPV4_BYTES || GLOBAL.contains(address);
    return isReachable && REFUSED.stream().noneMatch(network -> network.contains(address));
  }
}
