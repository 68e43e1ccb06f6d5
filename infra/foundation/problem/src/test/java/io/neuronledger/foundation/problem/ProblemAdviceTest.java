package io.neuronledger.foundation.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.RequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Every mistake and failure is answered by a problem with its code, without a server. */
class ProblemAdviceTest {
  private static final FailureMapping FAILURES = new FailureMapping() {
    @Override
    public Optional<Refusal> of(Exception failure) {
      return failure instanceof UnsupportedOperationException
          ? Optional.of(new Refusal(ProblemCode.TOO_BUSY, "again"))
          : Optional.empty();
    }
  };

  private final MockMvc service = MockMvcBuilders.standaloneSetup(new Questions())
      .setControllerAdvice(new ProblemAdvice(FAILURES)).addInterceptors(new RequestGuard(List.of())).build();

  @RestController
  static class Questions {
    @GetMapping("/v1/failure")
    String fail(@RequestParam Optional<String> kind) {
      throw kind.isPresent() ? new UnsupportedOperationException() : new IllegalStateException("a bug");
    }
  }

  @Test
  void a_callers_mistake_has_a_code_and_names_the_parameter() throws Exception {
    assertThat(problem(get("/v1/failure?x=1"), ProblemCode.UNKNOWN_PARAMETER).getContentAsString())
        .contains("\"parameter\":\"x\"", "\"instance\":\"/v1/failure\"", "known parameters: kind");
    problem(get("/v1/failure?kind=a&kind=b"), ProblemCode.REPEATED_PARAMETER);
    problem(get(URI.create("/v1/failure;a=b")), ProblemCode.MALFORMED_REQUEST);
    assertThat(problem(post("/v1/failure"), ProblemCode.METHOD_NOT_ALLOWED).getHeader("Allow")).isEqualTo("GET");
  }

  @Test
  void a_failure_is_mapped_by_the_service_and_retried_only_where_that_helps() throws Exception {
    assertThat(problem(get("/v1/failure?kind=busy"), ProblemCode.TOO_BUSY).getHeader("Retry-After")).isEqualTo("1");
    assertThat(problem(get("/v1/failure"), ProblemCode.INTERNAL_ERROR).getHeader("Retry-After")).isNull();
  }

  private MockHttpServletResponse problem(RequestBuilder request, ProblemCode code) throws Exception {
    MockHttpServletResponse answer = service.perform(request).andReturn().getResponse();
    assertThat(answer.getStatus()).isEqualTo(code.status());
    assertThat(answer.getContentType()).isEqualTo("application/problem+json");
    assertThat(answer.getContentAsString()).contains("\"code\":\"" + code.code() + "\"");
    return answer;
  }
}
