package io.neuronledger.contracts.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others read the documents with has nothing to say about them. The build has installed it, or has failed. */
class DocumentToolsIT {
  private static final Path TOOLS = Path.of("tools").toAbsolutePath();
  private static final List<String> SERVICES = List.of("chain-indexer", "ledger-command", "ledger-query");
  private static final Path ASYNCAPI = TOOLS.resolveSibling("src/main/resources/asyncapi");

  private record Run(int status, String output) {}

  private static Run run(Path folder, String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    // Neither reports its use nor looks for a newer version of itself.
    builder.environment().put("REDOCLY_TELEMETRY", "off");
    builder.environment().put("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static List<String> documents() {
    return SERVICES.stream().map(each -> "../src/main/resources/openapi/" + each + ".v1.yaml").toList();
  }

  private static Run redocly(List<String> documents) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node_modules/.bin/redocly", "lint", "--format=checkstyle"));
    command.addAll(documents);
    return run(TOOLS, command.toArray(String[]::new));
  }

  private static Run spectral(List<String> documents) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(
        List.of("node_modules/.bin/spectral", "lint", "--ruleset=.spectral.yaml", "--fail-severity=warn"));
    command.addAll(documents);
    return run(TOOLS, command.toArray(String[]::new));
  }

  @Test
  void redocly_finds_neither_errors_nor_warnings() throws IOException, InterruptedException {
    Run lint = redocly(documents());
    assertThat(lint.status()).as(lint.output()).isZero();
    assertThat(lint.output()).doesNotContain("<error ");
  }

  @Test
  void spectral_finds_neither_errors_nor_warnings() throws IOException, InterruptedException {
    Run lint = spectral(documents());
    assertThat(lint.status()).as(lint.output()).isZero();
  }

  /** An example without a required property, and a tag that nobody has declared. */
  @Test
  void a_faulty_document_is_found(@TempDir Path folder) throws IOException, InterruptedException {
    String text = Files.readString(TOOLS.resolve(documents().getFirst()).normalize());
    Path faulty = Files.writeString(folder.resolve("faulty.yaml"),
        text.replace("tags: [reconciliation]", "tags: [undeclared]").replace("operationId: reconcile", "x-id: none"));
    assertThat(redocly(List.of(faulty.toString())).output()).contains("<error ", "operationId");
    assertThat(spectral(List.of(faulty.toString()))).satisfies(lint -> {
      assertThat(lint.status()).as(lint.output()).isNotZero();
      assertThat(lint.output()).contains("operation-tag-defined");
    });
  }

  private static Run asyncapi(List<Path> documents) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("node", "asyncapi.mjs"));
    documents.forEach(each -> command.add(each.toString()));
    return run(TOOLS, command.toArray(String[]::new));
  }

  @Test
  void the_asyncapi_parser_finds_neither_errors_nor_warnings() throws IOException, InterruptedException {
    try (Stream<Path> files = Files.list(ASYNCAPI)) {
      List<Path> documents = files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
      assertThat(documents).hasSize(4);
      Run parsed = asyncapi(documents);
      assertThat(parsed.status()).as(parsed.output()).isZero();
    }
  }

  /** An action that there is not, and a file that there is not. */
  @Test
  void a_faulty_asyncapi_document_is_found(@TempDir Path folder) throws IOException, InterruptedException {
    String text = Files.readString(ASYNCAPI.resolve("public-events.v1.yaml"));
    Run parsed = asyncapi(List.of(Files.writeString(folder.resolve("faulty.yaml"),
        text.replace("action: send", "action: publish"))));
    assertThat(parsed.status()).as(parsed.output()).isEqualTo(1);
    assertThat(parsed.output()).contains("operations/publishEvents/action", "public-events/funds-deposited.v1.json");
  }
}
