package io.neuronledger.command.request;

import io.neuronledger.contracts.view.usage.UsageProblem;
import java.io.IOException;
import java.io.Writer;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** What Tomcat itself refuses, before anything of ours sees it: a path that cannot be decoded, a broken header. */
public final class ProblemReportValve extends ErrorReportValve {
  private static final Logger log = LoggerFactory.getLogger(ProblemReportValve.class);
  private static final int ERRORS_FROM = 400;
  private static final int OURS_FROM = 500;

  private final JsonMapper json;

  public ProblemReportValve(JsonMapper json) {
    this.json = json;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable failure) {
    int status = response.getStatus();
    if (status < ERRORS_FROM || response.getContentWritten() > 0 || !response.setErrorReported()) {
      return;
    }
    UsageProblem problem = status < OURS_FROM
        ? UsageProblem.of("malformed-request", "The request cannot be read", status, "not a request as HTTP has it",
            Optional.empty())
        : UsageProblem.of("outcome-unknown", "The service failed", status, "send it again", Optional.empty());
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("utf-8");
      Writer writer = response.getReporter();
      if (writer != null) {
        writer.write(json.writeValueAsString(problem));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      log.debug("the caller has gone", e);
    }
  }
}
