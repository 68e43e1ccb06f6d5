package io.neuronledger.query.export.job;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.CallerResolver;
import io.neuronledger.foundation.access.rule.PublishedOperationsFilter;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.answer.AnswerUnit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads an {@link ExportRequest} from a request to a list's path with {@value #SUFFIX} after it. */
public final class ExportRequestResolver implements HandlerMethodArgumentResolver {
  /** The query parameters that the value is read from; the unit is one of them where the list takes it. */
  public static final Set<String> NAMES = Set.of("format");

  private static final String METHOD = "POST ";
  private static final String SUFFIX = "/exports";
  private static final String FORMAT = "format";

  private final CallerResolver callers = new CallerResolver();

  /**
   * The paths of the operations that begin an export.
   *
   * @param operations all of the document, each as a method and a path
   */
  public static Set<String> paths(List<String> operations) {
    return operations.stream().filter(each -> each.startsWith(METHOD) && each.endsWith(SUFFIX))
        .map(each -> each.substring(METHOD.length())).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == ExportRequest.class;
  }

  @Override
  public ExportRequest resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
      NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
    HttpServletRequest http = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
    Caller caller = callers.resolveArgument(parameter, container, request, binders);
    return new ExportRequest(caller, PublishedOperationsFilter.scopes(http, caller), source(http),
        name(PublishedOperationsFilter.path(http)),
        format(Optional.ofNullable(request.getParameter(FORMAT))), AnswerUnit.of(http));
  }

  private static ExportView.Format format(Optional<String> given) {
    return switch (given.orElse("csv")) {
      case "csv" -> ExportView.Format.CSV;
      case "ndjson" -> ExportView.Format.NDJSON;
      case "xlsx" -> ExportView.Format.XLSX;
      default -> throw Refusal.parameter(ProblemCode.BAD_PARAMETER, FORMAT, "format is csv, ndjson or xlsx");
    };
  }

  /** As a GET of the list would ask. */
  private static String source(HttpServletRequest request) {
    String path = request.getRequestURI();
    String list = path.endsWith(SUFFIX) ? path.substring(0, path.length() - SUFFIX.length()) : path;
    String query = Arrays.stream(Objects.requireNonNullElse(request.getQueryString(), "").split("&", -1))
        .filter(each -> !each.isEmpty() && !each.startsWith(FORMAT + "=")).collect(Collectors.joining("&"));
    return query.isEmpty() ? list : list + "?" + query;
  }

  /** The words of the path, without what it names: {@code /v1/ledgers/{owner}/usage/exports} is ledgers-usage. */
  private static String name(String pattern) {
    return Arrays.stream(pattern.split("/", -1))
        .filter(each -> !each.isEmpty() && !each.startsWith("{") && !each.equals("v1") && !each.equals("exports"))
        .collect(Collectors.joining("-"));
  }
}
