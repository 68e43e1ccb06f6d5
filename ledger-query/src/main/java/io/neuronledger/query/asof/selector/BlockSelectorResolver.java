package io.neuronledger.query.asof.selector;

import io.neuronledger.contracts.topic.WriteToken;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a {@link BlockSelector} from the query parameters of its name. */
public final class BlockSelectorResolver implements HandlerMethodArgumentResolver {
  private static final String MIN_TOKEN = "min_token";
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

  private final Duration waitDefault;
  private final Duration waitMax;

  /**
   * @param waitDefault used if the caller gives none
   * @param waitMax the longest accepted wait
   */
  public BlockSelectorResolver(Duration waitDefault, Duration waitMax) {
    this.waitDefault = waitDefault;
    this.waitMax = waitMax;
  }

  /** The names of the query parameters that a {@link BlockSelector} is read from. */
  public static Set<String> namesOf(MethodParameter parameter) {
    return parameter.hasParameterAnnotation(Newest.class)
        ? Set.of("min_block", MIN_TOKEN, "wait")
        : Set.of("at_block", "at_time", "min_block", MIN_TOKEN, "finality", "wait");
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == BlockSelector.class;
  }

  @Override
  public BlockSelector resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
      NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
    OptionalLong atBlock = block("at_block", request);
    Optional<PointInTime> atTime =
        Optional.ofNullable(request.getParameter("at_time")).map(BlockSelectorResolver::time);
    OptionalLong minBlock = block("min_block", request);
    if (Stream.of(atBlock.isPresent(), atTime.isPresent(), minBlock.isPresent()).filter(given -> given).count() > 1) {
      throw new Refusal(ProblemCode.CONFLICTING_PARAMETERS, "at_block and at_time select a past state, min_block the"
          + " newest state: give only one of them");
    }
    return new BlockSelector(atBlock, atTime, minBlock, token(request), isFinal(request), waitOf(request));
  }

  private static OptionalLong block(String name, NativeWebRequest request) {
    return Optional.ofNullable(request.getParameter(name)).map(text -> OptionalLong.of(block(name, text)))
        .orElse(OptionalLong.empty());
  }

  /**
   * A block number.
   *
   * @param name of the parameter
   * @throws Refusal unless it has 1 to 18 decimal digits
   */
  public static long block(String name, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Refusal.parameter(ProblemCode.BAD_BLOCK, name, "a block number is 1 to 18 decimal digits");
    }
    return Long.parseLong(text);
  }

  private static Optional<WriteToken> token(NativeWebRequest request) {
    try {
      return Optional.ofNullable(request.getParameter(MIN_TOKEN)).map(WriteToken::parse);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(ProblemCode.BAD_TOKEN, MIN_TOKEN, "min_token is the token that a write answered,"
          + " unchanged: " + e.getMessage());
    }
  }

  private static PointInTime time(String text) {
    try {
      return PointInTime.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "at_time", String.valueOf(e.getMessage()));
    }
  }

  private static boolean isFinal(NativeWebRequest request) {
    return switch (Objects.requireNonNullElse(request.getParameter("finality"), "latest")) {
      case "latest" -> false;
      case "finalized" -> true;
      default -> throw Refusal.parameter(ProblemCode.BAD_PARAMETER, "finality", "finality is latest or finalized");
    };
  }

  private Duration waitOf(NativeWebRequest request) {
    Optional<String> given = Optional.ofNullable(request.getParameter("wait"));
    if (given.isEmpty()) {
      return waitDefault;
    }
    if (!NUMBER.matcher(given.get()).matches() || Long.parseLong(given.get()) > waitMax.toSeconds()) {
      throw Refusal.parameter(ProblemCode.BAD_WAIT, "wait",
          "wait is a whole number of seconds, 0 to " + waitMax.toSeconds());
    }
    return Duration.ofSeconds(Long.parseLong(given.get()));
  }
}
