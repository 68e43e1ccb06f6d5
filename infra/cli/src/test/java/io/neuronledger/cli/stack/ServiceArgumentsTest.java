package io.neuronledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.contracts.topic.Partitions;
import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceArgumentsTest {
  private static final Secrets SECRETS = Secrets.temporary();
  private static final ServiceDatabase DATABASE = new ServiceDatabase("jdbc:postgresql://127.0.0.1/x",
      new Login("running", "of the database"), new Login("migrating", "of the owner"));
  private static final String KEYS = "NEURON_LEDGER_ACCESS_API_KEYS_SECRET";

  @Test
  void a_service_gets_its_own_principal() {
    assertThat(arguments(Optional.of(SECRETS)))
        .contains("--neuron-ledger.kafka.security.user=ledger-query",
            "--neuron-ledger.kafka.security.password=" + SECRETS.of("kafka.ledger-query"));
  }

  @Test
  void passwords_are_in_the_environment_and_not_in_the_arguments_that_everybody_may_see() {
    List<String> arguments = arguments(Optional.of(SECRETS));
    Map<String, String> environment = ServiceArguments.environment(arguments);
    assertThat(environment).isEqualTo(Map.of(
        "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD", SECRETS.of("kafka.ledger-query"),
        "NEURON_LEDGER_DATABASE_PASSWORD", "of the database",
        "NEURON_LEDGER_DATABASE_MIGRATION_PASSWORD", "of the owner",
        KEYS, Base64.getEncoder().encodeToString(SECRETS.of("api-keys").getBytes(StandardCharsets.US_ASCII)),
        "NEURON_LEDGER_WEBHOOKS_SECRET",
        Base64.getEncoder().encodeToString(SECRETS.of("webhooks").getBytes(StandardCharsets.US_ASCII)),
        "NEURON_LEDGER_WEBHOOKS_PREVIOUS_SECRET", "",
        "NEURON_LEDGER_ACCESS_API_KEYS_PREVIOUS_SECRET", "", "NEURON_LEDGER_SIGN_IN_KEY", "",
        "NEURON_LEDGER_SIGN_IN_NONCE_SECRET", ""));
    assertThat(ServiceArguments.visible(arguments)).hasSize(arguments.size() - environment.size())
        .noneMatch(each -> environment.values().stream().filter(secret -> !secret.isEmpty()).anyMatch(each::contains));
  }

  @Test
  void the_services_of_a_folder_hash_api_keys_by_the_same_secret_after_a_restart() {
    assertThat(ServiceArguments.environment(arguments(Optional.of(SECRETS))).get(KEYS))
        .isEqualTo(ServiceArguments.environment(arguments(Optional.of(SECRETS))).get(KEYS));
    assertThat(ServiceArguments.environment(arguments(Optional.empty())).get(KEYS))
        .isNotEqualTo(ServiceArguments.environment(arguments(Optional.empty())).get(KEYS));
  }

  @Test
  void a_broker_without_access_control_needs_no_principal() {
    assertThat(arguments(Optional.empty())).noneMatch(each -> each.contains("kafka.security"));
  }

  private static List<String> arguments(Optional<Secrets> secrets) {
    return new ServiceArguments(new BrokerAccess("127.0.0.1:1", secrets), new Partitions(1), Map.of())
        .query(0, DATABASE);
  }
}
