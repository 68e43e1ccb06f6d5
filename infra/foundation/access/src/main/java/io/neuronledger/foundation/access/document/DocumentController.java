package io.neuronledger.foundation.access.document;

import io.neuronledger.foundation.access.rule.AccessRules;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What can be asked, and what a problem means: open to everybody, and from this machine alone. */
@RestController
public final class DocumentController {
  private static final ContentPolicy OWN_ONLY = ContentPolicy.ofOwnFiles();
  private static final MediaType YAML = MediaType.valueOf("application/yaml;charset=UTF-8");
  private static final MediaType HTML = MediaType.valueOf("text/html;charset=UTF-8");
  private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");
  private static final MediaType STYLE = MediaType.valueOf("text/css;charset=UTF-8");
  private static final MediaType PICTURE = MediaType.IMAGE_PNG;

  private final Resource document;
  private final Resource page;
  private final Map<String, Resource> assets;
  private final ProblemPages problems = new ProblemPages();

  /** @param rules of the service's document */
  public DocumentController(AccessRules rules) {
    document = Resource.of(rules.document(), YAML);
    page = Resource.of("/docs/index.html", HTML);
    assets = Map.of("docs.css", Resource.of("/docs/docs.css", STYLE), "docs.js", Resource.of("/docs/docs.js", SCRIPT),
        "swagger-ui.css", Resource.ofSwagger("swagger-ui.css", STYLE),
        "swagger-ui-bundle.js", Resource.ofSwagger("swagger-ui-bundle.js", SCRIPT),
        "favicon-32x32.png", Resource.ofSwagger("favicon-32x32.png", PICTURE));
  }

  @GetMapping("/openapi.yaml")
  ResponseEntity<byte[]> document() {
    return answer(document);
  }

  @GetMapping("/docs")
  ResponseEntity<byte[]> docs() {
    return answer(page);
  }

  @GetMapping("/docs/{file}")
  ResponseEntity<byte[]> asset(@PathVariable String file) {
    return answer(Optional.ofNullable(assets.get(file))
        .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_PATH, "the documentation has no such file")));
  }

  @GetMapping("/problems")
  ResponseEntity<byte[]> problems() {
    return answer(html(problems.all()));
  }

  @GetMapping("/problems/{code}")
  ResponseEntity<byte[]> problem(@PathVariable String code) {
    return answer(html(problems.of(code)
        .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_PATH, "there is no problem of this code"))));
  }

  private static Resource html(String text) {
    return new Resource(text.getBytes(StandardCharsets.UTF_8), HTML);
  }

  /** The tag, by which a browser asks each time, changes with the release. */
  private static ResponseEntity<byte[]> answer(Resource resource) {
    return resource.answer(OWN_ONLY, CacheControl.noCache());
  }
}
