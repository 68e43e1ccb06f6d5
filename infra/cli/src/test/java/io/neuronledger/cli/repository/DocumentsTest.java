package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** The documents name what there is. */
class DocumentsTest {
  private static final int README_LINES_MAX = 150;
  private static final Path OPERATIONS = Path.of("docs/operations.md");
  private static final Pattern INLINE_LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern REFERENCE = Pattern.compile("(?m)^\\[[^]\n]+]: *(\\S+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6}\\s+(.+)$");
  /** A path in backticks that begins with a folder of the repository. */
  private static final Pattern PATH =
      Pattern.compile("`((?:api-contracts|chain-indexer|ledger-command|ledger-query|infra|docs)/[\\w./-]+)`");
  private static final Pattern VARIABLE = Pattern.compile("(?:NEURON_LEDGER|SERVER)_[A-Z0-9_]+");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{NEURON_LEDGER_[A-Z0-9_]+:?([^}]*)}");
  private static final String PREFIX = "neuron-ledger.";
  private static final Set<String> NETWORKS_OWN = Set.of("zero-g.described-implementations",
      "zero-g.first-described-block", "zero-g.first-described-reason");

  private final Repository repository = Repository.ofThisBuild();

  @Test
  void every_link_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    for (Path document : repository.files(".md")) {
      String text = withoutBlocks(repository.text(document));
      Stream.concat(INLINE_LINK.matcher(withoutSpans(text)).results(), REFERENCE.matcher(text).results())
          .map(found -> found.group(1))
          .filter(link -> !link.matches("[a-z]+:.*")).filter(link -> !resolves(document, link))
          .forEach(link -> broken.add(document + " → " + link));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_named_file_exists() {
    List<String> missing = new ArrayList<>();
    for (Path document : repository.files(".md")) {
      PATH.matcher(repository.text(document)).results().map(found -> found.group(1))
          .filter(path -> !repository.has(Path.of(path))).forEach(path -> missing.add(document + " → " + path));
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void the_readme_is_a_first_screen_and_an_index() {
    assertThat(repository.lines(Path.of("README.md"))).hasSizeLessThanOrEqualTo(README_LINES_MAX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chain-indexer", "ledger-command", "ledger-query"})
  void the_settings_in_the_tables_are_those_in_the_yaml(String service) {
    Map<String, String> inTable = new TreeMap<>();
    boolean inSection = false;
    for (String line : repository.lines(OPERATIONS)) {
      inSection = line.startsWith("#") ? line.equals("### Settings of " + service) : inSection;
      String[] cells = line.split("\\|", -1);
      if (inSection && line.startsWith("| `") && VARIABLE.matcher(cells[2]).find()) {
        inTable.put(cells[1].strip().replace("`", ""), cells[3].strip().replace("`", ""));
      }
    }
    Map<String, String> inYaml = settings(Path.of(service, "src/main/resources", service + ".yaml"));
    assertThat(inYaml).isNotEmpty();
    assertThat(inTable.keySet()).isEqualTo(inYaml.keySet());
    inYaml.forEach((name, value) -> {
      if (value.isEmpty()) {
        assertThat(inTable.get(name)).as(name).isIn("none", "required");
      } else {
        assertThat(inTable.get(name)).as(name).isEqualTo(value);
      }
    });
  }

  /** The settings that a variable sets, with their defaults; those of networks are in files of their own. */
  private Map<String, String> settings(Path yaml) {
    Map<String, String> settings = new TreeMap<>();
    for (PropertySource<?> source : load(yaml)) {
      for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
        String value = String.valueOf(source.getProperty(name));
        Matcher placeholder = PLACEHOLDER.matcher(value);
        boolean settable = placeholder.matches();
        if (name.startsWith(PREFIX) && !NETWORKS_OWN.contains(name.substring(PREFIX.length()))) {
          settings.put(name.substring(PREFIX.length()), settable ? placeholder.group(1) : value);
        } else if (Set.of("server.address", "server.port").contains(name)) {
          settings.put(name, settable ? placeholder.group(1) : value);
        }
      }
    }
    return settings;
  }

  private List<PropertySource<?>> load(Path yaml) {
    try {
      return new YamlPropertySourceLoader().load(yaml.toString(),
          new ByteArrayResource(repository.text(yaml).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean resolves(Path document, String link) {
    String[] parts = link.split("#", 2);
    Path folder = document.getParent() == null ? Path.of("") : document.getParent();
    Path target = parts[0].isEmpty() ? document : folder.resolve(parts[0]).normalize();
    return repository.has(target) && (parts.length == 1 || !target.toString().endsWith(".md")
        || anchors(target).contains(parts[1]));
  }

  /** As the hosting platforms make them from headings. */
  private Set<String> anchors(Path document) {
    return HEADING.matcher(withoutBlocks(repository.text(document))).results()
        .map(found -> found.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static String withoutBlocks(String text) {
    return text.replaceAll("(?s)```.*?```", "");
  }

  /** A link's text may be code; its target is none. */
  private static String withoutSpans(String text) {
    return text.replaceAll("`[^`\n]*`", "code");
  }
}
