package io.neuronledger.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.stack.ServiceArguments.Database;
import io.neuronledger.cli.stack.secret.BrokerAccess;
import io.neuronledger.cli.stack.secret.Secrets;
import io.neuronledger.contracts.topic.Partitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceArgumentsTest {
  private static final Secrets SECRETS = Secrets.temporary();
  private static final Database DATABASE = new Database("jdbc:postgresql://127.0.0.1/x", "user", "of the database");

  @Test
  void a_service_gets_its_own_principal() {
    assertThat(arguments(Optional.of(SECRETS)))
        .contains("--neuron-ledger.kafka.security.user=ledger-query",
            "--neuron-ledger.kafka.security.password=" + SECRETS.of("kafka.ledger-query"));
  }

  @Test
  void passwords_are_in_the_environment_and_not_in_the_arguments_that_everybody_may_see() {
    List<String> arguments = arguments(Optional.of(SECRETS));
    assertThat(ServiceArguments.visible(arguments)).hasSize(arguments.size() - 2)
        .allMatch(each -> !each.contains(SECRETS.of("kafka.ledger-query")) && !each.contains("of the database"));
    assertThat(ServiceArguments.environment(arguments)).isEqualTo(Map.of(
        "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD", SECRETS.of("kafka.ledger-query"),
        "NEURON_LEDGER_DATABASE_PASSWORD", "of the database"));
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
