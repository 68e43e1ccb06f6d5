package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoIT {
  @Test
  void every_step_of_the_demonstration_is_equal(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("steps.json");
    assertThat(Cli.commandLine().execute("demo", "--json", file.toString())).isZero();
    List<JsonNode> steps = JsonMapper.shared().readTree(Files.readString(file)).valueStream().toList();
    assertThat(steps).hasSize(21).allMatch(step -> step.get("equal").asBoolean());
    assertThat(steps.getFirst().propertyNames())
        .containsExactly("name", "block", "expected", "ledger", "chain", "equal");
    // After the late report every provider closes at 0.
    assertThat(steps).allMatch(step -> step.get("expected").equals(step.get("ledger"))
        && step.get("ledger").equals(step.get("chain")) && !step.get("chain").isEmpty());
    assertThat(steps.getLast().at("/books/ledger").valueStream().map(row -> row.get("closing").asString()))
        .containsExactly("0", "0", "0");
    JsonNode quotes = steps.stream().filter(step -> step.has("quotes")).findFirst().orElseThrow().get("quotes");
    assertThat(quotes.get("ledger")).as("the quotes at the published prices").isEqualTo(quotes.get("expected"));
    assertThat(quotes.get("ledger").valueStream().map(each -> each.get("model").asString()))
        .containsExactly("glm-5-fp8", "whisper-large-v3", "flux-turbo");
    assertThat(quotes.get("ledger").valueStream().map(each -> each.get("fee").asString()).distinct()).hasSize(3)
        .doesNotContain("0");
  }
}
