package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The glossary explains the noun of every public type: its whole name, or its last word. */
class GlossaryTest {
  private static final Pattern PUBLIC_TYPE = Pattern.compile("(?m)^public (?:\\w+ |non-sealed )*?"
      + "(?:class|record|interface|enum|@interface) (\\w+)");
  /** Words in backticks or bold. */
  private static final Pattern WORDS = Pattern.compile("`([^`]+)`|\\*\\*([^*]+)\\*\\*");

  private final Repository repository = Repository.ofThisBuild();

  @Test
  void every_public_types_noun_is_explained() {
    Set<String> explained = explained(repository.text(Path.of("docs/glossary.md")));
    Set<String> types = new TreeSet<>();
    for (Path source : repository.productionSources()) {
      PUBLIC_TYPE.matcher(repository.text(source)).results().forEach(found -> types.add(found.group(1)));
    }
    assertThat(types).hasSizeGreaterThan(100);
    assertThat(types.stream().filter(type -> !isExplained(type, explained)).toList()).isEmpty();
  }

  @Test
  void a_type_without_a_word_is_found() {
    Set<String> explained = Set.of("Projection", "ledger");
    assertThat(List.of("BalanceProjection", "Projection", "AccountLedger"))
        .allMatch(type -> isExplained(type, explained));
    assertThat(isExplained("Teller", explained)).isFalse();
  }

  private static Set<String> explained(String glossary) {
    Set<String> explained = new HashSet<>();
    WORDS.matcher(glossary).results().forEach(found -> explained.addAll(Arrays.asList(
        (found.group(1) == null ? found.group(2) : found.group(1)).split("[^\\w]+", -1))));
    return explained;
  }

  private static boolean isExplained(String type, Set<String> explained) {
    String[] words = type.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", -1);
    String last = words[words.length - 1];
    return explained.contains(type) || explained.contains(last) || explained.contains(last.toLowerCase(Locale.ROOT));
  }
}
