package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps the sources readable, and what a compiler does not see. */
class TidyTest {
  private static final int COLUMNS_MAX = 120;
  private static final int TYPES_OF_A_PACKAGE_MAX = 12;
  /** Words that the language of the project has replaced, whole or as a part of an identifier. */
  private static final Pattern BANNED = Pattern.compile("(?i)\\b(?:told|tells?|telling|saying)\\b"
      + "|\\b(?:told|tell|saying)(?=[A-Z])|(?<=[a-z])(?:Told|Tells?|Saying)\\b|\\bnone of ours\\b|\\ba person\\b"
      + "|\\blanes?\\b");
  /** "Behind" is for what lags; what comes later is after. */
  private static final Pattern BEHIND_FOR_AFTER = Pattern.compile(
      "(?i)\\bbehind (?:it|them|that|this|its|each|every|both|block|seq|finality|which|whose)\\b");
  private static final Pattern CATCH_ALL = Pattern.compile("catch \\((?:final )?(?:Exception|Throwable) ");
  private static final Pattern LOOP = Pattern.compile("\\b(?:while|for) \\(");

  private final Repository repository = Repository.ofThisBuild();

  @Test
  void banned_words_stay_away() {
    assertThat(found(BANNED)).isEmpty();
    assertThat(found(BEHIND_FOR_AFTER)).isEmpty();
  }

  @Test
  void lines_fit_the_screen() {
    List<String> longer = new ArrayList<>();
    for (Path file : Stream.of(".java", ".sql").flatMap(ending -> repository.files(ending).stream()).toList()) {
      List<String> lines = repository.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > COLUMNS_MAX) {
          longer.add(file + ":" + (i + 1));
        }
      }
    }
    assertThat(longer).isEmpty();
  }

  @Test
  void a_package_has_a_size_that_can_be_kept_in_mind() {
    Map<String, Integer> types = new TreeMap<>();
    repository.productionSources().stream().filter(file -> !file.endsWith("package-info.java"))
        .forEach(file -> types.merge(String.valueOf(file.getParent()), 1, Integer::sum));
    types.values().removeIf(each -> each <= TYPES_OF_A_PACKAGE_MAX);
    assertThat(types).isEmpty();
  }

  /** A worker's loop goes on after any failure; elsewhere a failure is named, or thrown on at once. */
  @Test
  void only_loops_catch_everything() {
    List<String> found = new ArrayList<>();
    for (Path source : repository.productionSources()) {
      List<String> lines = repository.lines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (CATCH_ALL.matcher(lines.get(i)).find() && !isInALoop(lines, i)
            && !lines.get(i + 1).strip().startsWith("throw ")) {
          found.add(source + ":" + (i + 1));
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void what_is_planted_is_found() {
    assertThat(BANNED.matcher("  private final Told told;").find()).isTrue();
    assertThat(BANNED.matcher("  // It tells who waits.").find()).isTrue();
    assertThat(BANNED.matcher("  AccountSaying account").find()).isTrue();
    assertThat(BANNED.matcher("  int lane").find()).isTrue();
    assertThat(BANNED.matcher("  the planet, an intellect, a stellar answer").find()).isFalse();
    assertThat(BEHIND_FOR_AFTER.matcher("the state behind block 7").find()).isTrue();
    assertThat(BEHIND_FOR_AFTER.matcher("whether the ledger is behind").find()).isFalse();
    List<String> outside = List.of("  void run() {", "    try {", "      work();", "    } catch (Exception e) {");
    List<String> inside = List.of("  void run() {", "    while (true) {", "      try {", "        work();",
        "      } catch (Exception e) {");
    assertThat(isInALoop(outside, 3)).isFalse();
    assertThat(isInALoop(inside, 4)).isTrue();
  }

  private List<String> found(Pattern words) {
    List<String> found = new ArrayList<>();
    for (Path source : repository.productionSources()) {
      List<String> lines = repository.lines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (words.matcher(lines.get(i)).find()) {
          found.add(source + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  /** By the indentation: a loop that began further left, in the same method. */
  private static boolean isInALoop(List<String> lines, int number) {
    int indent = indentOf(lines.get(number));
    for (int i = number - 1; i >= 0 && indent > 2; i--) {
      String line = lines.get(i);
      if (!line.isBlank() && indentOf(line) < indent) {
        indent = indentOf(line);
        if (LOOP.matcher(line).find()) {
          return true;
        }
      }
    }
    return false;
  }

  private static int indentOf(String line) {
    return line.length() - line.stripLeading().length();
  }
}
