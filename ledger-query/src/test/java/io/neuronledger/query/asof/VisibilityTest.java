package io.neuronledger.query.asof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is visible at a read point is defined once: only the definition and the writers name the columns it reads. */
class VisibilityTest {
  private static final Path SOURCES = Path.of("src/main/java/io/neuronledger/query");
  private static final Pattern COLUMN =
      Pattern.compile("\\b(mark_seq|sealed_seq|cap_seq|released_seq)\\b|\\.sealedSeq\\(\\)", Pattern.CASE_INSENSITIVE);
  private static final List<Path> ALLOWED = List.of(SOURCES.resolve("asof"), SOURCES.resolve("partition"));
  /** They write the column; they choose nothing by it. */
  private static final List<Path> WRITERS =
      List.of(SOURCES.resolve("balance/BalanceProjection.java"), SOURCES.resolve("totals/TotalsProjection.java"));
  private static final Pattern CHOICE = Pattern.compile("mark_seq\\s*(<|>|=|DESC|ASC)", Pattern.CASE_INSENSITIVE);

  private static boolean definesVisibility(Path file, String source) {
    return ALLOWED.stream().noneMatch(file::startsWith)
        && (WRITERS.contains(file) ? CHOICE : COLUMN).matcher(source).find();
  }

  @Test
  void no_other_source_decides_what_is_visible() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      assertThat(files.filter(Files::isRegularFile).filter(file -> definesVisibility(file, read(file)))).isEmpty();
    }
  }

  @Test
  void a_planted_condition_is_found() {
    Path question = SOURCES.resolve("directory/DirectoryQueries.java");
    assertThat(List.of("AND past.mark_seq < partition.sealed_seq", "LEDGER_STATE.MARK_SEQ.lt(at.block())",
        "ENTRY.SEQ.lt(at.sealedSeq())", "QUARANTINE.RELEASED_SEQ.isNull()", "min(quarantine.cap_seq)"))
        .allMatch(planted -> definesVisibility(question, planted));
    assertThat(definesVisibility(WRITERS.getFirst(), "ORDER BY state.mark_seq DESC")).isTrue();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
