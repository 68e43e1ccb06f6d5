package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.command.LedgerCommand;
import io.neuronledger.query.LedgerQuery;
import io.neuronledger.testkit.servers.FreePort;
import io.neuronledger.testkit.servers.PostgresServer;
import io.neuronledger.testkit.servers.database.Login;
import io.neuronledger.testkit.servers.database.ServiceDatabase;
import io.neuronledger.testkit.servers.issuer.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;

/** The databases and roles that docker-compose.yml makes suffice for the services. */
class ComposeDatabasesIT {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern VARIABLE = Pattern.compile("\\\\getenv (\\w+) (\\w+)");

  @Test
  void both_services_start_with_the_roles_of_the_compose_file() throws IOException, SQLException {
    String sql = Files.readString(ROOT.resolve("infra/docker/create-databases.sql"));
    Map<String, String> passwords = passwords(sql);
    String compose = Files.readString(ROOT.resolve("docker-compose.yml"));
    assertThat(passwords).hasSize(4);
    // Each is required of whoever starts the containers, and given to the container that runs the script.
    passwords.keySet().forEach(name -> assertThat(compose).contains("      " + name + ": ${" + name + ":?"));
    try (PostgresServer postgres = PostgresServer.startTemporary()) {
      try (Connection superuser = postgres.superuser().on(postgres.jdbcUrl("postgres")).getConnection();
          Statement statement = superuser.createStatement()) {
        for (String command : statements(sql, passwords)) {
          statement.execute(command);
        }
      }
      start(LedgerCommand.application(), database(postgres, "ledger_command", "LEDGER_COMMAND", passwords));
      start(LedgerQuery.application(), database(postgres, "ledger_query", "LEDGER_QUERY", passwords));
    }
  }

  /** What the services' environment of the compose file has: the names of the roles are the settings' defaults. */
  private static ServiceDatabase database(PostgresServer postgres, String name, String prefix,
      Map<String, String> passwords) {
    return new ServiceDatabase("jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + name,
        new Login(name, passwords.getOrDefault(prefix + "_PASSWORD", "")),
        new Login(name + "_migration", passwords.getOrDefault(prefix + "_MIGRATION_PASSWORD", "")));
  }

  /** A service starts without Kafka, and not without its database. */
  private static void start(SpringApplication application, ServiceDatabase database) {
    application.run(Stream.concat(Stream.of("--server.port=0", "--neuron-ledger.access.open=true",
        "--" + TokenIssuer.API_KEYS_SETTING, "--neuron-ledger.kafka.bootstrap-servers=127.0.0.1:" + FreePort.find()),
        database.arguments().stream()).toArray(String[]::new)).close();
  }

  private static Map<String, String> passwords(String sql) {
    Map<String, String> passwords = new TreeMap<>();
    VARIABLE.matcher(sql).results().forEach(found -> passwords.put(found.group(2), "it's " + found.group(2)));
    return passwords;
  }

  /** As psql: without comments and commands of its own, with its variables as quoted literals. */
  private static String[] statements(String sql, Map<String, String> passwords) {
    String text = sql.replaceAll("(?m)^--.*$", "").replaceAll("(?m)^\\\\.*$", "");
    Matcher variable = VARIABLE.matcher(sql);
    while (variable.find()) {
      text = text.replace(":'" + variable.group(1) + "'",
          "'" + passwords.getOrDefault(variable.group(2), "").replace("'", "''") + "'");
    }
    return text.strip().split(";\\s*", -1);
  }
}
