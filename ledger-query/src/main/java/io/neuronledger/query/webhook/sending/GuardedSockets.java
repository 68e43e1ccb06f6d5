package io.neuronledger.query.webhook.sending;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import javax.net.SocketFactory;

/**
 * Sockets that connect to allowed addresses only. The rule is asked with the very address that is connected to, however
 * it was written or resolved: a name that resolves to another address the next time gains nothing.
 */
final class GuardedSockets extends SocketFactory {
  private final AddressRules rules;

  GuardedSockets(AddressRules rules) {
    this.rules = rules;
  }

  /** The address may not be connected to; nothing was sent. */
  static final class RefusedAddress extends SocketException {
    private static final long serialVersionUID = 1L;

    RefusedAddress() {
      super("the address is not allowed");
    }
  }

  private static final class GuardedSocket extends Socket {
    private final AddressRules rules;

    private GuardedSocket(AddressRules rules) {
      // Else a proxy that the platform's properties name would connect, to an address that nobody has looked at.
      super(Proxy.NO_PROXY);
      this.rules = rules;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress internet) || internet.isUnresolved()
          || !rules.isAllowed(internet.getAddress())) {
        throw new RefusedAddress();
      }
      super.connect(endpoint, timeout);
    }
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket(rules);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return connected(new InetSocketAddress(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
    return createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
      throws IOException {
    return createSocket(address, port);
  }

  private Socket connected(InetSocketAddress address) throws IOException {
    Socket socket = createSocket();
    socket.connect(address, 0);
    return socket;
  }
}
