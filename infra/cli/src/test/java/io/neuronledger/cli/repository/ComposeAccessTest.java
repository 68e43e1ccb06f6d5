package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.stack.secret.KafkaAcls;
import io.neuronledger.contracts.topic.KafkaPrincipal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts of docker-compose.yml ask of Kafka's tools, which are replaced by scripts that write it down. */
class ComposeAccessTest {
  private static final Path SCRIPTS = Path.of("infra/docker/kafka");
  private static final String SECRET = "a\\secret";

  private final Repository repository = Repository.ofThisBuild();
  private Path folder;

  /** Each tool writes its arguments and its input; that of the rules lists {@code rules.txt}. */
  @BeforeEach
  void tools(@TempDir Path temporary) throws IOException {
    folder = temporary;
    for (String script : List.of("admin.sh", "access.sh", "start.sh")) {
      executable(script, repository.text(SCRIPTS.resolve(script)).replace("/tmp/admin", folder + "/admin")
          .replace("/opt/kafka/bin", folder.toString()).replace("/opt/ledger", folder.toString())
          .replace("/var/lib/kafka/data", folder.resolve("data").toString()));
    }
    executable("kafka-acls.sh", """
        #!/bin/bash
        echo "acls $*" >> %1$s/arguments
        case "$*" in *--list*) cat %1$s/rules.txt;; esac
        """.formatted(folder));
    executable("kafka-configs.sh", """
        #!/bin/bash
        echo "configs $*" >> %1$s/arguments
        cat /dev/stdin >> %1$s/input
        """.formatted(folder));
    executable("kafka-storage.sh", """
        #!/bin/bash
        echo "storage $*" >> %1$s/arguments
        case "$*" in *@/dev/stdin*) cat /dev/stdin >> %1$s/input;; *) echo id;; esac
        """.formatted(folder));
    executable("kafka-server-start.sh", "#!/bin/bash\n");
    Files.createFile(folder.resolve("rules.txt"));
  }

  private void executable(String name, String text) throws IOException {
    assertThat(Files.writeString(folder.resolve(name), text).toFile().setExecutable(true)).isTrue();
  }

  @Test
  void no_password_is_an_argument_of_a_process() throws Exception {
    run("start.sh");
    run("access.sh");
    assertThat(read("arguments")).isNotEmpty().noneMatch(line -> line.contains("secret"));
    assertThat(read("input")).contains("SCRAM-SHA-512=[name=broker,password=\"" + SECRET + "\"]",
        "SCRAM-SHA-512=[name=admin,password=\"" + SECRET + "\"]");
    assertThat(read("input")).as("a properties file doubles a backslash")
        .filteredOn(line -> line.equals("SCRAM-SHA-512=password=a\\\\secret")).hasSameSizeAs(KafkaPrincipal.values());
  }

  @Test
  void rules_that_the_definition_does_not_have_are_removed_and_no_others() throws Exception {
    String all = KafkaAcls.all().stream().collect(Collectors.groupingBy(AclBinding::pattern)).entrySet().stream()
        .map(resource -> "Current ACLs for resource `" + resource.getKey() + "`: \n" + resource.getValue().stream()
            .map(rule -> "\t" + rule.entry()).collect(Collectors.joining("\n")) + " \n\n")
        .collect(Collectors.joining());
    Files.writeString(folder.resolve("rules.txt"), all + """
        Current ACLs for resource `ResourcePattern(resourceType=TOPIC, name=ledger.public-events.v1, \
        patternType=LITERAL)`:\s
        \t(principal=User:subscriber, host=*, operation=ALTER_CONFIGS, permissionType=ALLOW)
        \t(principal=User:stranger, host=10.0.0.1, operation=READ, permissionType=DENY)\s

        Current ACLs for resource `ResourcePattern(resourceType=TRANSACTIONAL_ID, name=*, patternType=LITERAL)`:\s
        \t(principal=User:*, host=*, operation=ALL, permissionType=ALLOW)\s

        Current ACLs for resource `ResourcePattern(resourceType=CLUSTER, name=kafka-cluster, patternType=LITERAL)`:\s
        \t(principal=User:subscriber, host=*, operation=ALTER, permissionType=ALLOW)\s

        """);
    run("access.sh");
    String properties = "acls --bootstrap-server kafka:9092 --command-config " + folder + "/admin.properties ";
    assertThat(read("arguments").stream().filter(line -> line.contains("--remove"))).containsExactlyInAnyOrder(
        properties + "--remove --force --allow-principal User:subscriber --allow-host * --operation AlterConfigs"
            + " --topic ledger.public-events.v1 --resource-pattern-type literal",
        properties + "--remove --force --deny-principal User:stranger --deny-host 10.0.0.1 --operation Read"
            + " --topic ledger.public-events.v1 --resource-pattern-type literal",
        properties + "--remove --force --allow-principal User:* --allow-host * --operation All"
            + " --transactional-id * --resource-pattern-type literal",
        properties + "--remove --force --allow-principal User:subscriber --allow-host * --operation Alter"
            + " --cluster --resource-pattern-type literal");
  }

  private List<String> read(String file) throws IOException {
    return Files.readAllLines(folder.resolve(file));
  }

  private void run(String script) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(folder.resolve(script).toString()).redirectErrorStream(true);
    builder.environment().putAll(passwords());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static Map<String, String> passwords() {
    return Stream.concat(Stream.of("broker", "admin"), Stream.of(KafkaPrincipal.values()).map(KafkaPrincipal::id))
        .collect(Collectors.toMap(
            name -> "KAFKA_" + name.toUpperCase(Locale.ROOT).replace('-', '_') + "_PASSWORD", _ -> SECRET));
  }
}
