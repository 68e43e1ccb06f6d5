package io.neuronledger.indexer.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.indexer.wiring.settings.DeploymentSettings;
import io.neuronledger.indexer.wiring.settings.FollowSettings;
import io.neuronledger.indexer.wiring.settings.KafkaSettings;
import io.neuronledger.indexer.wiring.settings.RpcSettings;
import io.neuronledger.indexer.wiring.settings.ZeroGSettings;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The shipped configuration file, with environment variables as an operator sets them. */
class SettingsTest {
  private static final String ADDRESS = "0x" + "c0".repeat(20);

  @EnableConfigurationProperties({DeploymentSettings.class, RpcSettings.class, FollowSettings.class,
      KafkaSettings.class, ZeroGSettings.class})
  static class Bound {}

  private final ApplicationContextRunner runner = new ApplicationContextRunner()
      .withInitializer(new ConfigDataApplicationContextInitializer())
      .withSystemProperties("spring.config.name=chain-indexer")
      .withUserConfiguration(Bound.class)
      .withSystemProperties("NEURON_LEDGER_RPC_URLS=http://localhost:8545", "NEURON_LEDGER_CONTRACT=" + ADDRESS);

  @Test
  void the_required_ones_suffice() {
    runner.run(context -> {
      assertThat(context).hasNotFailed();
      assertThat(context.getBean(DeploymentSettings.class).addresses()).extracting(Object::toString)
          .containsExactly(ADDRESS);
      assertThat(context.getBean(DeploymentSettings.class).partitions()).isEqualTo(16);
      assertThat(context.getBean(DeploymentSettings.class).chainId()).isEmpty();
      assertThat(context.getBean(RpcSettings.class).wsUrl()).isEmpty();
      assertThat(context.getBean(FollowSettings.class).finality()).isEqualTo("tag");
      assertThat(context.getBean(FollowSettings.class).blockTimeTolerance()).isEqualTo(Duration.ofMinutes(15));
      assertThat(context.getBean(KafkaSettings.class).clients().properties())
          .containsOnlyKeys("bootstrap.servers").containsEntry("bootstrap.servers", "localhost:9092");
    });
  }

  /** The examples of EIP-55, and the forms without a checksum. */
  @ParameterizedTest
  @ValueSource(strings = {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
      "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
      "0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb", "0x52908400098527886E0F7030069857D2E4169EE7"})
  void addresses_may_be_typed_in_any_right_way(String address) {
    runner.withSystemProperties("NEURON_LEDGER_CONTRACT=" + address).run(context ->
        assertThat(context.getBean(DeploymentSettings.class).addresses()).extracting(Object::toString)
            .containsExactly(address.toLowerCase(Locale.ROOT)));
  }

  @Test
  void lists_come_with_commas() {
    runner.withSystemProperties("NEURON_LEDGER_RPC_URLS=http://a:1,https://key@b/v2/secret",
        "NEURON_LEDGER_RPC_WS_URL=wss://b/ws", "NEURON_LEDGER_CHAIN_ID=16602").run(context -> {
          assertThat(context.getBean(RpcSettings.class).urls()).hasSize(2);
          assertThat(context.getBean(RpcSettings.class).wsUrl()).isPresent();
          assertThat(context.getBean(DeploymentSettings.class).chainId()).contains(16602L);
        });
  }

  @ParameterizedTest
  @CsvSource({"0g-mainnet,16661,24430000", "0g-galileo-testnet,16602,20300000"})
  void a_network_brings_all_but_a_node(String network, long chainId, long startBlock) {
    runner.withSystemProperties("NEURON_LEDGER_CONTRACT=").withPropertyValues("neuron-ledger.network=" + network)
        .run(context -> {
          assertThat(context).hasNotFailed();
          DeploymentSettings deployment = context.getBean(DeploymentSettings.class);
          assertThat(deployment.family()).isEqualTo("0g");
          assertThat(deployment.chainId()).contains(chainId);
          assertThat(deployment.startBlock()).isEqualTo(startBlock);
          assertThat(deployment.addresses()).hasSize(1);
          assertThat(context.getBean(FollowSettings.class).finality()).isEqualTo("instant");
          ZeroGSettings zeroG = context.getBean(ZeroGSettings.class);
          assertThat(zeroG.known().described()).hasSizeGreaterThanOrEqualTo(3);
          assertThat(zeroG.known().goOn()).isFalse();
          assertThat(zeroG.minima()).isPresent();
        });
  }

  @Test
  void a_network_can_be_named_by_environment_and_its_start_moved() {
    runner.withSystemProperties("NEURON_LEDGER_NETWORK=0g-mainnet", "NEURON_LEDGER_START_BLOCK=30000000")
        .run(context -> {
          assertThat(context.getBean(DeploymentSettings.class).chainId()).contains(16661L);
          assertThat(context.getBean(DeploymentSettings.class).startBlock()).isEqualTo(30_000_000);
        });
  }

  @Test
  void a_start_before_the_described_code_is_refused_with_the_reason() {
    runner.withPropertyValues("neuron-ledger.network=0g-mainnet").run(context -> {
      ZeroGSettings zeroG = context.getBean(ZeroGSettings.class);
      assertThatThrownBy(() -> zeroG.checkStart(22_788_738)).hasMessageContaining("NEURON_LEDGER_START_BLOCK")
          .hasMessageContaining("22788739").hasMessageContaining("FundSpent");
      assertThatCode(() -> zeroG.checkStart(22_788_739)).doesNotThrowAnyException();
    });
  }

  @Test
  void code_is_accepted_by_address_and_by_hash_alike() {
    String hash = "0xC5D2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
    runner.withSystemProperties(
        "NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed," + hash).run(context ->
            assertThat(context.getBean(ZeroGSettings.class).known().accepted()).extracting(Object::toString)
                .containsExactlyInAnyOrder("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
                    hash.toLowerCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @CsvSource({
      "NEURON_LEDGER_RPC_URLS,'',must name at least one node",
      "NEURON_LEDGER_RPC_URLS,ftp://host,must hold http or https URLs",
      "NEURON_LEDGER_RPC_URLS,localhost:8545,must hold http or https URLs",
      "NEURON_LEDGER_RPC_WS_URL,http://host,must be a ws or wss URL",
      "NEURON_LEDGER_RPC_REQUEST_DEADLINE,PT0S,must be positive",
      "NEURON_LEDGER_RPC_CALLS_PER_REQUEST_MAX,0,must be 1 to 10000",
      "NEURON_LEDGER_RPC_RETRY_MAX,PT0.01S,must not be shorter than NEURON_LEDGER_RPC_RETRY_FIRST",
      "NEURON_LEDGER_CONTRACT,'',must name the contract's address",
      "NEURON_LEDGER_CONTRACT,0x12,must hold addresses",
      "NEURON_LEDGER_CONTRACT,0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed,holds an address whose EIP-55 checksum is",
      "NEURON_LEDGER_FAMILY,other,'must be one of [account-ledger, 0g]'",
      "NEURON_LEDGER_NETWORK,0g-devnet,'must be one of [0g-galileo-testnet, 0g-mainnet], or empty'",
      "NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS,0x12,'must hold addresses, 0x and 40 hex digits, or code hashes'",
      "NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS,0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a4,must hold",
      "NEURON_LEDGER_ZERO_G_IMPLEMENTATIONS,0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed,holds an address whose EIP-55",
      "NEURON_LEDGER_START_BLOCK,-1,must be 0 to",
      "NEURON_LEDGER_PARTITIONS,0,must be 1 to 1024",
      "NEURON_LEDGER_PARTITIONS,2000,must be 1 to 1024",
      "NEURON_LEDGER_CHAIN_ID,0,must be 1 to",
      "NEURON_LEDGER_FOLLOW_FINALITY,safe,'must be tag, instant or depth:N'",
      "NEURON_LEDGER_FOLLOW_FINALITY,depth:0,'must be tag, instant or depth:N'",
      "NEURON_LEDGER_FOLLOW_CONFIRMATIONS,-1,must be 0 to",
      "NEURON_LEDGER_FOLLOW_BLOCK_TIME_TOLERANCE,-PT1S,must be PT0S (not compared) to",
      "NEURON_LEDGER_FOLLOW_BLOCK_TIME_TOLERANCE,P367D,must be PT0S (not compared) to",
      "NEURON_LEDGER_FOLLOW_STALL_MAX,PT0.5S,must be longer than NEURON_LEDGER_FOLLOW_POLLING_INTERVAL",
      "NEURON_LEDGER_KAFKA_REPLICATION_FACTOR,0,'must be 1 to 32767, or -1'",
      "NEURON_LEDGER_KAFKA_REPLICATION_FACTOR,32768,'must be 1 to 32767, or -1'",
      "NEURON_LEDGER_KAFKA_SESSION_TIMEOUT,PT1S,must be at least PT6S",
      "NEURON_LEDGER_KAFKA_COMPRESSION,rar,'must be none, lz4'",
      "NEURON_LEDGER_KAFKA_SECURITY_PROTOCOL,ssl,'must be PLAINTEXT, SASL_PLAINTEXT'",
      "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD,alone,must be set for the protocols SASL",
      "NEURON_LEDGER_KAFKA_CLIENT_PROPERTIES_FILE,/no/such/file,must be a readable file"})
  void a_wrong_one_is_refused_by_name(String env, String value, String sentence) {
    runner.withSystemProperties(env + "=" + value).run(context -> {
      assertThat(context).hasFailed();
      assertThat(messages(failure(context))).contains(env + " " + sentence);
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 3, 32_767})
  void the_replicas_of_its_topics_are_set_by_environment(int replicas) {
    runner.withSystemProperties("NEURON_LEDGER_KAFKA_REPLICATION_FACTOR=" + replicas).run(context ->
        assertThat(context.getBean(KafkaSettings.class).replicationFactor()).isEqualTo(replicas));
  }

  @Test
  void the_principal_at_kafka_is_set_by_environment() {
    runner.withSystemProperties("NEURON_LEDGER_KAFKA_SECURITY_PROTOCOL=SASL_SSL",
        "NEURON_LEDGER_KAFKA_SECURITY_USER=chain-indexer", "NEURON_LEDGER_KAFKA_SECURITY_PASSWORD=secret")
        .run(context -> assertThat(context.getBean(KafkaSettings.class).clients().properties())
            .containsEntry("security.protocol", "SASL_SSL").containsEntry("sasl.mechanism", "SCRAM-SHA-512")
            .hasEntrySatisfying("sasl.jaas.config", login ->
                assertThat((String) login).contains("username=\"chain-indexer\" password=\"secret\"")));
  }

  @Test
  void keys_in_a_wrong_url_are_not_repeated() {
    runner.withSystemProperties("NEURON_LEDGER_RPC_URLS=ftp://user:secret@host/secret").run(context ->
        assertThat(sentence(failure(context))).contains("NEURON_LEDGER_RPC_URLS").doesNotContain("secret"));
  }

  private static Throwable failure(AssertableApplicationContext context) {
    return Objects.requireNonNull(context.getStartupFailure());
  }

  /** The message itself, without the framework's text around it. */
  private static String sentence(Throwable failure) {
    return String.valueOf(causes(failure).reduce((_, last) -> last).orElseThrow().getMessage());
  }

  private static String messages(Throwable failure) {
    return causes(failure).map(cause -> String.valueOf(cause.getMessage())).collect(Collectors.joining("\n"));
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }
}
