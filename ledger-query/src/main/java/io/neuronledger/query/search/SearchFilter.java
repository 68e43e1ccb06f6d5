package io.neuronledger.query.search;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.request.Parameters;
import io.neuronledger.query.request.RequestValues;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is looked for.
 *
 * @param q 1 to 200 visible ASCII characters, as the longest name has
 * @param owner the wallet whose things are looked for; absent: all
 * @param address {@code q}, where it is an address
 */
public record SearchFilter(String q, Optional<WalletAddress> owner, Optional<WalletAddress> address) {
  public static final Parameters<SearchFilter> PARAMETERS = new Parameters<>() {
    @Override
    public Class<SearchFilter> type() {
      return SearchFilter.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("q", "owner");
    }

    @Override
    public SearchFilter read(RequestValues given) {
      String q = given.value("q", SearchFilter::name).orElseThrow(
          () -> Refusal.parameter(ProblemCode.BAD_PARAMETER, "q", "name by q what is looked for"));
      return new SearchFilter(q, given.address("owner"),
          ADDRESS.matcher(q).matches() ? given.address("q") : Optional.empty());
    }
  };

  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
  private static final Pattern NAME = Pattern.compile("[!-~]{1,200}");

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException("q has 1 to 200 visible ASCII characters");
    }
    return text;
  }
}
