package io.neuronledger.cli.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.stack.secret.KafkaAcls;
import io.neuronledger.contracts.topic.KafkaPrincipal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The Kafka of docker-compose.yml has the locks of the embedded one, and no password that everybody knows. */
class ComposeSecretsTest {
  private static final Path COMPOSE = Path.of("docker-compose.yml");
  private static final Path ACCESS = Path.of("infra/docker/kafka/access.sh");
  private static final Pattern SETTING = Pattern.compile("\\s+(\\w*PASSWORD):\\s*(.*)");

  private final Repository repository = Repository.ofThisBuild();

  @Test
  void each_principal_has_the_rules_of_the_definition() {
    List<AclBinding> rules = new ArrayList<>();
    for (String line : repository.lines(ACCESS)) {
      if (line.startsWith("allow ")) {
        String[] words = line.split(" ", -1);
        for (String operation : Arrays.copyOfRange(words, 5, words.length)) {
          rules.add(new AclBinding(
              new ResourcePattern(ResourceType.valueOf(constant(words[2])), words[4],
                  PatternType.valueOf(constant(words[3]))),
              new AccessControlEntry("User:" + words[1], "*",
                  AclOperation.valueOf(constant(operation.replaceAll("(?<=[a-z])(?=[A-Z])", "-"))),
                  AclPermissionType.ALLOW)));
        }
      }
    }
    assertThat(rules).containsExactlyInAnyOrderElementsOf(KafkaAcls.all());
  }

  @Test
  void each_principal_gets_its_password() {
    assertThat(repository.lines(ACCESS).stream().filter(line -> line.startsWith("password ")))
        .containsExactlyInAnyOrderElementsOf(Arrays.stream(KafkaPrincipal.values()).map(principal ->
            "password " + principal.id() + " \"$KAFKA_" + constant(principal.id()) + "_PASSWORD\"").toList());
  }

  @Test
  void no_password_has_a_default() {
    List<String> settings = repository.lines(COMPOSE).stream().filter(line -> SETTING.matcher(line).matches()).toList();
    assertThat(settings).hasSizeGreaterThan(KafkaPrincipal.values().length)
        .allMatch(line -> line.matches("\\s+\\w+: \\$\\{\\w+:\\?[^}]+}"));
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
