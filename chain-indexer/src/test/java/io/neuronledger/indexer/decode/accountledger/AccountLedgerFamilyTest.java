package io.neuronledger.indexer.decode.accountledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.Evidence;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.decode.CannotDecode;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.fixture.LedgerLogs;
import io.neuronledger.indexer.fixture.LedgerLogs.Draft;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.abi.EventEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AccountLedgerFamilyTest {
  private static final WalletAddress OWNER = WalletAddress.parse("0x" + "01".repeat(20));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "02".repeat(20));
  private static final Neuron ONE = Neuron.ofZeroG("1");

  /** The decoder's table against the compiled contract. */
  @Test
  void knows_exactly_the_events_of_the_abi() throws IOException {
    JsonNode abi;
    try (InputStream json = Objects.requireNonNull(
        AccountLedgerFamilyTest.class.getResourceAsStream("/abi/AccountLedger.json"))) {
      abi = JsonMapper.shared().readTree(json);
    }
    JsonNode entries = abi.isArray() ? abi : abi.path("abi");
    Map<String, Integer> indexedByTopic = entries.valueStream()
        .filter(entry -> entry.path("type").asString().equals("event"))
        .collect(Collectors.toMap(
            event -> EventEncoder.buildEventSignature(event.path("name").asString() + event.path("inputs").valueStream()
                .map(input -> input.path("type").asString()).collect(Collectors.joining(",", "(", ")"))),
            event -> (int) event.path("inputs").valueStream()
                .filter(input -> input.path("indexed").asBoolean()).count()));
    assertThat(indexedByTopic).isNotEmpty();
    assertThat(AccountLedgerLog.BY_TOPIC.values().stream()
        .collect(Collectors.toMap(AccountLedgerLog::topic, AccountLedgerLog::indexed))).isEqualTo(indexedByTopic);
  }

  @Test
  void steps_number_the_logs_of_a_transaction() {
    Draft log = LedgerLogs.withdraw(OWNER, ONE);
    List<Reading> read = Decoding.read(List.of(Decoding.entry(log, 2, 7), Decoding.entry(log, 2, 9),
        Decoding.entry(log, 5, 12), Decoding.entry(log, 6, 13), Decoding.entry(log, 6, 14)));
    assertThat(read).extracting(Reading::position).containsExactly(new ChainPosition(5, 2, 0),
        new ChainPosition(5, 2, 1), new ChainPosition(5, 5, 0), new ChainPosition(5, 6, 0), new ChainPosition(5, 6, 1));
    assertThat(read).extracting(reading -> ((Evidence.Log) reading.evidence()).logIndex())
        .containsExactly(7, 9, 12, 13, 14);
  }

  /** An owner can cause a malformed log of its own; only that owner then waits for an operator. */
  @ParameterizedTest
  @MethodSource("broken")
  void an_undecodable_log_is_published_for_its_owner(Draft log, String why) {
    Reading reading = Decoding.read(log).getFirst();
    assertThat(reading).isInstanceOfSatisfying(Reading.Undecodable.class, undecodable -> {
      assertThat(undecodable.owner()).isEqualTo(OWNER);
      assertThat(undecodable.reason()).contains(why);
      assertThat(undecodable.topics()).isEqualTo(log.topics());
      assertThat(undecodable.data()).isEqualTo(log.data());
    });
  }

  static List<Arguments> broken() {
    Draft whole = LedgerLogs.transfer(OWNER, PROVIDER, "inference-v1.0", true, ONE, Neuron.ZERO);
    return List.of(
        arguments(LedgerLogs.subAccountClosed(OWNER, PROVIDER, "a\0b"), "NUL"),
        arguments(LedgerLogs.subAccountClosed(OWNER, PROVIDER, new byte[] {(byte) 0xc3, 0x28}), "UTF-8"),
        arguments(LedgerLogs.subAccountClosed(OWNER, PROVIDER, "x".repeat(501)), "name of 501 characters"),
        arguments(LedgerLogs.settled(OWNER, PROVIDER, "s", ONE, Neuron.ZERO, 6, BigInteger.ONE), "status 6"),
        arguments(LedgerLogs.settled(OWNER, PROVIDER, "s", ONE, Neuron.ZERO, 2, BigInteger.ONE), "status 2"),
        arguments(LedgerLogs.settled(OWNER, PROVIDER, "s", ONE, ONE, 4, BigInteger.ONE), "rejected settlement"),
        arguments(new Draft(whole.topics(), "0x"), "ends at byte 0"),
        arguments(new Draft(whole.topics(), whole.data().substring(0, whole.data().length() - 64)), "before 160 + 14"),
        arguments(slot(whole, 0, "f".repeat(64)), "larger than an int"),
        arguments(slot(whole, 0, "0".repeat(63) + "1"), "offset"),
        arguments(slot(whole, 1, "0".repeat(63) + "2"), "not a boolean"),
        arguments(slot(whole, 4, "0".repeat(56) + "7fffffff"), "before 160 + 2147483647"),
        arguments(new Draft(whole.topics(), whole.data() + "0"), "even"));
  }

  /** The provider chose owner and name, and the contract checked neither: no owner may be harmed by them. */
  @ParameterizedTest
  @MethodSource("anyNames")
  void a_rejected_settlement_is_published_with_any_name(byte[] service, String shown) {
    Draft log = LedgerLogs.settled(OWNER, PROVIDER, service, ONE, 5);
    assertThat(Decoding.fact(log)).isEqualTo(new ChainEvent.SettlementRejected(OWNER, PROVIDER, ServiceName.of(shown),
        ONE, RejectionReason.UNKNOWN_SUB_ACCOUNT, Optional.of(new SettlementNonce(BigInteger.ONE))));
  }

  static List<Arguments> anyNames() {
    return List.of(
        Arguments.of(new byte[] {'a', 0, 'b'}, "a\uFFFDb"),
        Arguments.of(new byte[] {(byte) 0xc3, 0x28}, "\uFFFD("),
        Arguments.of(new byte[0], ""),
        Arguments.of(("x" + "😀".repeat(300)).getBytes(StandardCharsets.UTF_8), "x" + "😀".repeat(249) + "…"),
        Arguments.of("x".repeat(100_000).getBytes(StandardCharsets.UTF_8), "x".repeat(500) + "…"));
  }

  /** The log concerns no single owner: continuing could be wrong for all. */
  @Test
  void an_undecodable_log_without_an_owner_stops_following() {
    assertThatThrownBy(() -> Decoding.read(LedgerLogs.lockPeriodSet("a\0b", BigInteger.TEN)))
        .isInstanceOf(CannotDecode.class).hasMessageContaining("block 5").hasMessageContaining("NUL");
    assertThatThrownBy(() -> Decoding.read(LedgerLogs.lockPeriodSet("s", BigInteger.TWO.pow(64))))
        .isInstanceOf(CannotDecode.class).hasMessageContaining("lock period");
    Draft deposit = LedgerLogs.deposit(OWNER, PROVIDER, ONE);
    List<String> shifted = new ArrayList<>(deposit.topics());
    shifted.set(1, "0x" + "f".repeat(64));
    assertThatThrownBy(() -> Decoding.read(new Draft(shifted, deposit.data())))
        .isInstanceOf(CannotDecode.class).hasMessageContaining("not an address");
    assertThatThrownBy(() -> Decoding.read(new Draft(deposit.topics().subList(0, 2), deposit.data())))
        .isInstanceOf(CannotDecode.class).hasMessageContaining("NEURON_LEDGER_CONTRACT");
  }

  private static Draft slot(Draft log, int slot, String value) {
    int from = 2 + 64 * slot;
    return new Draft(log.topics(), log.data().substring(0, from) + value + log.data().substring(from + 64));
  }

  private static Arguments arguments(Draft log, String why) {
    return Arguments.of(log, why);
  }
}
