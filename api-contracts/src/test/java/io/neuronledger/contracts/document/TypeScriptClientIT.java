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

/** The TypeScript client's own tests, and its types as another program sees them. The build has compiled it. */
class TypeScriptClientIT {
  private static final Path CLIENT = Path.of("typescript-client").toAbsolutePath();

  private record Run(int status, String output) {}

  private static Run run(Path folder, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  @Test
  void its_tests_pass() throws IOException, InterruptedException {
    assertThat(run(CLIENT, List.of("sh", "build.sh")).status()).isZero();
    List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
    try (Stream<Path> files = Files.list(CLIENT.resolve("dist/test"))) {
      files.filter(file -> file.toString().endsWith(".test.js")).map(Path::toString).sorted().forEach(command::add);
    }
    Run tests = run(CLIENT, command);
    assertThat(tests.status()).as(tests.output()).isZero();
    assertThat(tests.output()).containsPattern("# pass [2-9]\\d").contains("# fail 0");
  }

  /** A program with the strictest settings; what the documents do not have is an error in it. */
  @Test
  void its_types_are_those_of_the_documents(@TempDir Path folder) throws IOException, InterruptedException {
    String program = """
        import { answer, LedgerClient, lines, type PublicEvent } from '%s/dist/src/index.js';

        const ledger = new LedgerClient({ query: 'http://127.0.0.1:8080', command: 'http://127.0.0.1:8082' });
        export async function total(owner: string): Promise<string> {
          const found = await answer(ledger.query.GET('/v1/ledgers/{owner}', { params: { path: { owner } } }));
          return found.total_0g ?? found.total;
        }
        export async function keys(): Promise<string[]> {
          const names = [];
          for await (const key of lines(ledger.command, '/v1/keys', 'keys')) names.push(key.name);
          return names;
        }
        export const amount = (event: PublicEvent) => event.type === 'fees-settled.v1' ? event.amount : undefined;
        """.formatted(CLIENT);
    assertThat(compiled(folder, program)).isEmpty();
    for (String wrong : List.of("total_0G", "'/v1/key'", "'names'", "event.amounts", "'fees-settled.v9'")) {
      String right = wrong.replace("0G", "0g").replace("/key", "/keys").replace("names", "keys")
          .replace("amounts", "amount").replace("v9", "v1");
      assertThat(compiled(folder, program.replace(right, wrong))).as(wrong).contains("error TS");
    }
  }

  private static String compiled(Path folder, String program) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("program.mts"), program);
    return run(CLIENT, List.of("node_modules/.bin/tsc", "--noEmit", "--strict", "--exactOptionalPropertyTypes",
        "--target", "es2022", "--module", "nodenext", "--types", "node", "--typeRoots",
        CLIENT.resolve("node_modules/@types").toString(), file.toString())).output();
  }
}
