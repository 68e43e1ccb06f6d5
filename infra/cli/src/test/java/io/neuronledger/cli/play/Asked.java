package io.neuronledger.cli.play;

import io.neuronledger.cli.hostile.Target;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** What the generated clients have asked. */
final class Asked {
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private record Request(String method, URI uri) {
    boolean isOf(Target.Operation operation) {
      return method.equals(operation.method())
          && uri.getRawPath().matches(operation.path().replaceAll("\\{[^}]+}", "[^/]+"));
    }
  }

  /** An interceptor of a client. */
  Consumer<HttpRequest.Builder> recorded(Consumer<HttpRequest.Builder> credential) {
    return builder -> {
      HttpRequest request = builder.copy().build();
      requests.add(new Request(request.method(), request.uri()));
      credential.accept(builder);
    };
  }

  boolean has(Target.Operation operation) {
    return requests.stream().anyMatch(each -> each.isOf(operation));
  }

  /** The names of the query parameters that the operation was asked with. */
  Set<String> of(Target.Operation operation) {
    Set<String> names = new TreeSet<>();
    for (Request request : requests) {
      if (request.isOf(operation) && request.uri().getRawQuery() != null) {
        for (String pair : request.uri().getRawQuery().split("&", -1)) {
          names.add(pair.substring(0, pair.indexOf('=')));
        }
      }
    }
    return names;
  }
}
