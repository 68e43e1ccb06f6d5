package io.neuronledger.foundation.problem;

import io.neuronledger.foundation.problem.request.HttpRequestId;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Answers requests that Tomcat refuses before the application sees them: an undecodable path, a malformed header. */
final class ProblemReportValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
  private static final int ERRORS_FROM = 400;

  private final JsonMapper json;
  private final FailureMapping failures;

  ProblemReportValve(JsonMapper json, FailureMapping failures) {
    this.json = json;
    this.failures = failures;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    if (response.getStatus() < ERRORS_FROM || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    Refusal refusal = Refusal.ofStatus(response.getStatus(), failures);
    String path = Optional.ofNullable(request.getRequestURI()).orElse("");
    String requestId = HttpRequestId.of(request.getRequest());
    try {
      response.setStatus(refusal.code().status());
      response.setHeader(HttpRequestId.HEADER, requestId);
      if (refusal.code().isRetryable()) {
        response.setHeader(HttpHeaders.RETRY_AFTER, ProblemAdvice.RETRY_AFTER_SECONDS);
      }
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("utf-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(json.writeValueAsString(refusal.view(path, requestId)));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      log.debug("the client has disconnected", e);
    }
  }
}
