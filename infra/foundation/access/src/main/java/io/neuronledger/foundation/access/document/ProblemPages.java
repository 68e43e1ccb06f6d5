package io.neuronledger.foundation.access.document;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.web.util.HtmlUtils;

/** The published page of all problems, and each of its sections as a page. */
final class ProblemPages {
  private static final String PUBLISHED = "/problems.md";
  private static final Pattern SECTION = Pattern.compile("(?m)^## ([a-z-]+)$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern PARAGRAPHS = Pattern.compile("\\n\\n+");
  private static final String ALL = "Problems";

  private final String introduction;
  private final Map<String, String> sections = new LinkedHashMap<>();

  ProblemPages() {
    String text = new String(Resource.read(PUBLISHED), StandardCharsets.UTF_8);
    String[] parts = SECTION.split(text, -1);
    introduction = parts[0].substring(parts[0].indexOf('\n'));
    var codes = SECTION.matcher(text).results().map(found -> found.group(1)).toList();
    for (int i = 0; i < codes.size(); i++) {
      sections.put(codes.get(i), parts[i + 1]);
    }
  }

  /** The page of a code. */
  Optional<String> of(String code) {
    return Optional.ofNullable(sections.get(code))
        .map(text -> page(code, paragraphs(text) + "<p><a href=\"../problems\">All problems</a></p>", "../docs"));
  }

  /** All codes, each with its title, as links. */
  String all() {
    StringBuilder list = new StringBuilder(paragraphs(introduction)).append("<dl>");
    sections.forEach((code, text) -> list.append("<dt><a href=\"problems/").append(code).append("\">").append(code)
        .append("</a></dt><dd>").append(inline(PARAGRAPHS.split(text.strip(), -1)[0])).append("</dd>"));
    return page(ALL, list + "</dl>", "docs");
  }

  private static String page(String title, String body, String docs) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
        + "<meta name=\"viewport\" content=\"width=device-width\"><title>" + title + "</title>"
        + "<link rel=\"stylesheet\" href=\"" + docs + "/docs.css\"><link rel=\"icon\" href=\"data:,\"></head>"
        + "<body><main class=\"page\"><h1>" + title + "</h1>" + body + "</main></body></html>";
  }

  private static String paragraphs(String text) {
    StringBuilder html = new StringBuilder();
    for (String each : PARAGRAPHS.split(text.strip(), -1)) {
      html.append("<p>").append(inline(each)).append("</p>");
    }
    return html.toString();
  }

  private static String inline(String text) {
    return CODE.matcher(HtmlUtils.htmlEscape(text)).replaceAll("<code>$1</code>");
  }
}
