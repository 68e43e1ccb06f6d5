package io.neuronledger.query.request;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.AddressReader;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.web.context.request.NativeWebRequest;

/** The query parameters and headers of a request, as values. */
public final class RequestValues {
  private static final int VALUES_MAX = 50;
  private static final String[] NONE = {};
  private static final AddressReader ADDRESSES = new AddressReader();

  private final NativeWebRequest request;

  RequestValues(NativeWebRequest request) {
    this.request = request;
  }

  /**
   * A query parameter.
   *
   * @param parse throws {@link IllegalArgumentException} for an invalid text
   * @throws Refusal for an invalid text
   */
  public <T> Optional<T> value(String name, Function<String, T> parse) {
    return read(name, Optional.ofNullable(request.getParameter(name)), parse);
  }

  /**
   * A query parameter that takes several values: it is repeated, {@code state=over&state=under}, because a name may
   * have a comma in it.
   *
   * @param parse throws {@link IllegalArgumentException} for an invalid text
   * @return without duplicates; empty if it is not given, which does not filter
   * @throws Refusal for an invalid text, and for more than 50 values
   */
  public <T> Set<T> values(String name, Function<String, T> parse) {
    return all(name).map(text -> read(name, Optional.of(text), parse)).flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As {@link #values}, of addresses. */
  public Set<WalletAddress> addresses(String name) {
    return all(name).map(text -> address(name, Optional.of(text))).flatMap(Optional::stream)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Stream<String> all(String name) {
    String[] given = Objects.requireNonNullElse(request.getParameterValues(name), NONE);
    if (given.length > VALUES_MAX) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, name, name + " takes at most " + VALUES_MAX + " values");
    }
    return Arrays.stream(given);
  }

  /** @throws Refusal if it is present and neither true nor false */
  public boolean flag(String name) {
    return value(name, text -> switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(name + " is true or false");
    }).orElse(false);
  }

  /** @throws Refusal if it is present and not an address */
  public Optional<WalletAddress> address(String name) {
    return address(name, Optional.ofNullable(request.getParameter(name)));
  }

  /** @throws Refusal if it is present and not an address */
  public Optional<WalletAddress> addressHeader(String name) {
    return address(name, Optional.ofNullable(request.getHeader(name)));
  }

  private static Optional<WalletAddress> address(String name, Optional<String> text) {
    try {
      return text.map(ADDRESSES::convert);
    } catch (Refusal e) {
      throw Refusal.parameter(e.code(), name, e.detail());
    }
  }

  private static <T> Optional<T> read(String name, Optional<String> text, Function<String, T> parse) {
    try {
      return text.map(parse);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, name, String.valueOf(e.getMessage()));
    }
  }
}
