package io.neuronledger.foundation.access.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.problem.ProblemCode;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** What a service serves about itself: its document, a page that needs no other machine, and each problem. */
class DocumentControllerTest {
  private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

  private final MockMvc service = MockMvcBuilders.standaloneSetup(
      new DocumentController(AccessRules.ofDocument("/openapi/chain-indexer.v1.yaml"))).build();

  private MockHttpServletResponse answer(String path) throws Exception {
    return service.perform(get(path)).andReturn().getResponse();
  }

  @Test
  void the_document_is_that_of_the_service() throws Exception {
    MockHttpServletResponse document = answer("/openapi.yaml");
    assertThat(document.getContentType()).isEqualTo("application/yaml;charset=UTF-8");
    assertThat(document.getContentAsString()).startsWith("openapi: 3.1.0\ninfo:\n  title: chain-indexer");
  }

  @Test
  void the_page_loads_from_the_service_alone() throws Exception {
    String page = answer("/docs").getContentAsString();
    List<String> references = REFERENCE.matcher(page).results().map((MatchResult found) -> found.group(1)).toList();
    assertThat(references).hasSizeGreaterThan(4).allMatch(each -> !each.contains(":") && !each.startsWith("/"));
    for (String reference : references) {
      assertThat(answer("/" + reference).getStatus()).as(reference).isEqualTo(200);
    }
    assertThat(answer("/docs").getHeader("Content-Security-Policy")).contains("default-src 'none'",
        "script-src 'self'", "connect-src 'self'").doesNotContain("unsafe");
    assertThat(answer("/docs/swagger-ui-bundle.js").getContentType()).startsWith("text/javascript");
  }

  @Test
  void who_has_a_file_does_not_get_it_again() throws Exception {
    MockHttpServletResponse first = answer("/docs/swagger-ui-bundle.js");
    assertThat(first.getContentAsByteArray()).hasSizeGreaterThan(1_000_000);
    MockHttpServletResponse again = service.perform(get("/docs/swagger-ui-bundle.js")
        .header("If-None-Match", Objects.requireNonNull(first.getHeader("ETag")))).andReturn().getResponse();
    assertThat(again.getStatus()).isEqualTo(304);
    assertThat(again.getContentAsByteArray()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ProblemCode.class)
  void the_type_of_each_problem_leads_to_its_page(ProblemCode code) throws Exception {
    MockHttpServletResponse page = answer(code.type());
    assertThat(page.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(page.getContentAsString()).contains("<h1>" + code.code() + "</h1>", "<p>" + code.status() + ": ")
        .doesNotContain("##");
    assertThat(answer("/problems").getContentAsString()).contains("href=\"problems/" + code.code() + "\"");
  }
}
