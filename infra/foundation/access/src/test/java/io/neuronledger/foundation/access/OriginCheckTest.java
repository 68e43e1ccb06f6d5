package io.neuronledger.foundation.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.access.rule.AccessRules;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.CorsFilter;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A page of an allowed origin may send and read all that the document of a service has. */
class OriginCheckTest {
  private static final String ORIGIN = "https://console.example";

  @ParameterizedTest
  @ValueSource(strings = {"chain-indexer", "ledger-command", "ledger-query"})
  void every_method_of_the_document_may_be_sent(String service) throws Exception {
    Set<String> methods = new TreeSet<>(Set.of("HEAD"));
    for (JsonNode item : document(service).path("paths")) {
      item.propertyNames().stream().map(name -> name.toUpperCase(Locale.ROOT))
          .filter(name -> List.of(HttpMethod.values()).contains(HttpMethod.valueOf(name))).forEach(methods::add);
    }
    assertThat(methods).contains("POST");
    for (String method : methods) {
      assertThat(preflight(service, method, "Authorization").getHeader("Access-Control-Allow-Methods")).as(method)
          .isNotNull().contains(method);
    }
    assertThat(preflight(service, "TRACE", "Authorization").getStatus()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain-indexer", "ledger-command", "ledger-query"})
  void every_header_of_the_document_may_be_sent(String service) throws Exception {
    List<String> headers = new ArrayList<>(List.of("Authorization", "Content-Type"));
    for (JsonNode parameter : document(service).findParents("in")) {
      if (parameter.path("in").asString("").equals("header")) {
        headers.add(parameter.path("name").asString());
      }
    }
    for (String header : headers) {
      assertThat(preflight(service, "GET", header).getHeader("Access-Control-Allow-Headers")).as(header)
          .isEqualTo(header);
    }
    assertThat(preflight(service, "GET", "X-Unknown").getHeader("Access-Control-Allow-Headers")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain-indexer", "ledger-command", "ledger-query"})
  void every_header_of_the_documents_answers_may_be_read(String service) throws Exception {
    JsonNode document = document(service);
    Set<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (JsonNode responses : document.path("paths").findValues("responses")) {
      responses.findValues("headers").forEach(each -> headers.addAll(each.propertyNames()));
    }
    document.at("/components/responses").findValues("headers").forEach(each -> headers.addAll(each.propertyNames()));
    assertThat(headers).contains("Retry-After");

    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/status");
    request.addHeader("Origin", ORIGIN);
    String exposed = Objects.requireNonNull(sent(service, request).getHeader("Access-Control-Expose-Headers"));
    assertThat(exposed.split(", ", -1)).usingElementComparator(String.CASE_INSENSITIVE_ORDER).containsAll(headers);
  }

  private static MockHttpServletResponse preflight(String service, String method, String header)
      throws ServletException, IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("OPTIONS", "/v1/status");
    request.addHeader("Origin", ORIGIN);
    request.addHeader("Access-Control-Request-Method", method);
    request.addHeader("Access-Control-Request-Headers", header);
    return sent(service, request);
  }

  private static MockHttpServletResponse sent(String service, MockHttpServletRequest request)
      throws ServletException, IOException {
    CorsFilter filter = OriginCheck.filter(List.of(ORIGIN), AccessRules.ofDocument(resource(service)),
        new AccessProblems((_, _, _, failure) -> {
          throw new AssertionError(failure);
        }));
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }

  private static String resource(String service) {
    return "/openapi/" + service + ".v1.yaml";
  }

  private static JsonNode document(String service) throws IOException {
    try (InputStream in = Objects.requireNonNull(OriginCheckTest.class.getResourceAsStream(resource(service)))) {
      return JsonMapper.shared().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).load(in));
    }
  }
}
