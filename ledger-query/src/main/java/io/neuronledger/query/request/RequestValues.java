package io.neuronledger.query.request;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.AddressReader;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.web.context.request.NativeWebRequest;

/** The query parameters and headers of a request, as values. */
public final class RequestValues {
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
