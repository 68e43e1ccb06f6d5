package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The programs of docs/clients.md are the files that PlayIT runs. */
class ClientsPageTest {
  private static final Pattern PROGRAM = Pattern.compile(
      "(?ms)^\\[`[^`]+`]\\(\\.\\./(api-contracts/examples/[\\w.]+)\\)[^\\n]*\\n\\n```(?:java|js)\\n(.*?)^```$");

  @Test
  void each_program_is_its_file() {
    Repository repository = Repository.ofThisBuild();
    Map<String, String> shown = new TreeMap<>();
    PROGRAM.matcher(repository.text(Path.of("docs/clients.md"))).results()
        .forEach(program -> shown.put(program.group(1), program.group(2)));
    assertThat(shown).hasSize(6)
        .allSatisfy((file, program) -> assertThat(program).isEqualTo(repository.text(Path.of(file))));
  }
}
