package io.neuronledger.wallet.send;

import static io.neuronledger.wallet.send.FakeLedger.CONTRACT;
import static io.neuronledger.wallet.send.FakeLedger.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.wallet.fixture.Commands;
import io.neuronledger.wallet.fixture.Commands.Answer;
import io.neuronledger.wallet.fixture.FakeServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is signed, and what is never signed, whatever a node and a ledger answer. */
class SendIT {
  /** The first wallet of every dev chain. */
  private static final String KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
  private static final String WALLET = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
  private static final long CHAIN = 31_337;
  private static final int RUNS = 300;
  private static final int HONEST = 8;
  private static final int HONEST_OF = 10;

  private FakeNode node;
  private FakeLedger ledger;
  private final List<String> questions = new ArrayList<>();

  /** Of the stack of the node and the ledger, which names both. */
  @TempDir
  private Path stack;

  @BeforeEach
  void start() throws IOException {
    node = new FakeNode(CHAIN);
    ledger = new FakeLedger();
    Files.writeString(stack.resolve("addresses.properties"), "query=" + ledger.url() + "\nrpc=" + node.url() + "\n");
  }

  @AfterEach
  void stop() {
    node.close();
    ledger.close();
  }

  private Answer run(String... words) {
    return run(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), Optional.of("yes"), words);
  }

  private Answer run(Map<String, String> environment, Optional<String> typed, String... words) {
    return run(new Commands(environment, typed), Stream.of("--data", stack.toString()), words);
  }

  /** With a ledger and a node that no folder of a stack names. */
  private Answer runElsewhere(String... words) {
    return run(new Commands(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY, "NEURON_LEDGER_WALLET_STATE",
        stack.resolve("state").toString()), Optional.of("yes")),
        Stream.of("--ledger", ledger.url(), "--rpc-url", node.url()), words);
  }

  private Answer run(Commands commands, Stream<String> options, String... words) {
    Answer answer = commands.run(Stream.concat(Stream.of(words), options).toArray(String[]::new));
    questions.addAll(commands.questions());
    assertThat(answer.out() + answer.err()).doesNotContainIgnoringCase(KEY).doesNotContain("\tat ");
    return answer;
  }

  private SignedRawTransaction sent() {
    assertThat(node.sent).hasSize(1);
    return signed(node.sent.getFirst());
  }

  private static SignedRawTransaction signed(String bytes) {
    return (SignedRawTransaction) TransactionDecoder.decode(bytes);
  }

  private void assertNothingSigned(Answer answer, String why) {
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(2);
    assertThat(answer.out() + answer.err()).contains(why);
    assertThat(node.sent).isEmpty();
  }

  @Test
  void what_is_sent_is_what_was_shown() throws Exception {
    Answer answer = run("deposit", "--amount", "1.5");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out()).contains("Moves 1.5 0G from the wallet into its ledger.", "Chain:    31337",
        "Contract: " + CONTRACT, "Call:     deposit()", "Value:    1.5 0G", "Nonce:    7",
        "Gas:      at most 125000 at 1000000000 neuron each, 0.000125 0G in all", "Recorded in block 17");
    assertThat(questions).containsExactly("Send it? Type yes: ");
    SignedRawTransaction sent = sent();
    assertThat(sent.getChainId()).isEqualTo(CHAIN);
    assertThat(sent.getFrom()).isEqualToIgnoringCase(WALLET);
    assertThat(sent.getTo()).isEqualToIgnoringCase(CONTRACT);
    assertThat(sent.getValue()).isEqualTo(new BigInteger("1500000000000000000"));
    assertThat(sent.getNonce()).isEqualTo(7);
    assertThat(ledger.asked.getLast()).contains("transaction=0x").doesNotContain("abab");
  }

  /** Both families, by their own functions: selectors and arguments of the contracts' ABI. */
  @ParameterizedTest
  @CsvSource({
      "account-ledger, deposit, 0xd0e30db0", "account-ledger, transfer-fund, 0xfff3a01b",
      "account-ledger, retrieve-fund, 0xa5a0403e", "account-ledger, refund, 0x2e1a7d4d",
      "0g, deposit, 0x8d0d8cb6", "0g, transfer-fund, 0x2ba43b82", "0g, retrieve-fund, 0x31404a19",
      "0g, refund, 0x278ecde1"})
  void each_family_has_its_own_calls(String family, String command, String selector) {
    ledger.family = family;
    Answer answer = switch (command) {
      case "transfer-fund" -> run(command, "--provider", PROVIDER, "--amount", "3");
      case "retrieve-fund" -> run(command);
      case "refund" -> run(command, "--amount", "2");
      default -> run(command, "--amount", "2");
    };
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    String provider = "0".repeat(24) + PROVIDER.substring(2).toLowerCase(Locale.ROOT);
    String service = word("e") + "696e666572656e63652d76312e30" + "0".repeat(36);
    String arguments = switch (command) {
      case "transfer-fund" -> provider + word("60") + word("29a2241af62c0000") + service;
      case "retrieve-fund" -> word("40") + word("80") + word("1") + provider + service;
      case "refund" -> word("1bc16d674ec80000");
      default -> "";
    };
    assertThat("0x" + sent().getData().replaceFirst("^0x", "")).isEqualTo(selector + arguments);
    assertThat(sent().getValue().signum()).isEqualTo(command.equals("deposit") ? 1 : 0);
  }

  private static String word(String hex) {
    return "0".repeat(64 - hex.length()) + hex;
  }

  @Test
  void a_node_of_another_chain_gets_no_signature() {
    node.result("eth_chainId", 16_661);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "The node is on chain 16661 and the ledger on chain "
        + "31337");
  }

  @Test
  void a_ledger_of_another_chain_or_contract_than_wanted_gets_no_signature() {
    assertNothingSigned(run("deposit", "--amount", "1", "--yes", "--chain-id", "16602"),
        "follows chain 31337, not 16602");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes", "--contract", PROVIDER), "follows the contract "
        + CONTRACT);
    ledger.family = "erc-20";
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "erc-20");
    ledger.family = "account-ledger";
    ledger.contract = "0x5fbdb2315678afecb367f032d93f642f64180aA3";
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "cannot be sent to");
    ledger.chainId = "0";
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "cannot be sent to");
  }

  /** With --yes nobody reads what is shown: somebody must have named the chain and the contract. */
  @Test
  void without_a_reader_only_a_named_chain_and_contract_get_a_signature() {
    assertNothingSigned(runElsewhere("deposit", "--amount", "1", "--yes"), "--chain-id and --contract");
    assertNothingSigned(runElsewhere("deposit", "--amount", "1", "--yes", "--json"), "--chain-id and --contract");
    assertNothingSigned(runElsewhere("deposit", "--amount", "1", "--yes", "--chain-id", "31337"), "--contract");
    assertNothingSigned(runElsewhere("deposit", "--amount", "1", "--yes", "--contract", CONTRACT), "--chain-id");
    assertNothingSigned(runElsewhere("deposit", "--amount", "1", "--yes", "--data", "/nonexistent"), "--chain-id");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes", "--rpc-url", node.url() + "/other"), "--chain-id");
    assertThat(runElsewhere("deposit", "--amount", "1", "--yes", "--chain-id", "31337", "--contract", CONTRACT)
        .exitCode()).isZero();
    assertThat(sent().getTo()).isEqualToIgnoringCase(CONTRACT);
    node.sent.clear();
    assertThat(runElsewhere("deposit", "--amount", "1").exitCode()).isZero();
    assertThat(sent().getTo()).isEqualToIgnoringCase(CONTRACT);
  }

  @Test
  void as_data_too_the_target_is_shown_before_it_is_signed() {
    Answer answer = run("deposit", "--amount", "1", "--yes", "--json");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.err().substring(0, answer.err().indexOf("Signed: "))).contains("Chain:    31337",
        "Contract: " + CONTRACT, "Call:     deposit()", "Value:    1 0G", "Nonce:    7");
  }

  /** Also with --yes, where nobody reads what is shown. */
  @Test
  void on_a_public_network_only_its_own_contract_is_called() {
    ledger.family = "0g";
    ledger.chainId = "16602";
    node.result("eth_chainId", 16_602);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"),
        "not 0xE70830508dAc0A97e6c087c75f402f9Be669E406: nothing was signed");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes", "--contract", CONTRACT),
        "not 0xE70830508dAc0A97e6c087c75f402f9Be669E406: nothing was signed");
    ledger.contract = "0xE70830508dAc0A97e6c087c75f402f9Be669E406";
    ledger.family = "account-ledger";
    assertNothingSigned(run("deposit", "--amount", "3", "--yes"), "family");
    ledger.family = "0g";
    assertThat(runElsewhere("deposit", "--amount", "0.1", "--yes").exitCode()).isZero();
    assertThat(sent().getChainId()).isEqualTo(16_602);
    assertThat(sent().getTo()).isEqualToIgnoringCase(ledger.contract);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "null", "", "[]",
      "{\"as_of\":{},\"state\":\"open\",\"available\":\"-1\",\"total\":\"1\"}"})
  void a_ledger_that_answers_no_ledger_gets_no_signature(String answer) {
    ledger.holdings = Optional.of(answer);
    Answer refused = run("deposit", "--amount", "1", "--yes");
    assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
    assertThat(refused.err()).doesNotContain("mistake of the program");
    assertThat(node.sent).isEmpty();
  }

  @Test
  void a_list_of_services_that_lacks_something_or_never_ends_gets_no_signature() {
    for (String services : List.of("{\"service\":\"inference-v1.0\"}", "{\"lock_seconds\":1}", "null",
        "{\"service\":\"inference-v1.0\",\"lock_seconds\":1}],\"next_cursor\":\"same\",\"more\":[")) {
      ledger.services = services;
      Answer refused = run("deposit", "--amount", "1", "--yes");
      assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(1);
      assertThat(refused.err()).doesNotContain("mistake of the program");
    }
    assertThat(node.sent).isEmpty();
  }

  @Test
  void a_sum_that_no_contract_can_hold_is_refused() {
    String most = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
    assertNothingSigned(run("deposit", "--unit", "neuron", "--amount", most, "--yes"), "more than a contract can hold");
    ledger.noLedger = true;
    assertNothingSigned(run("deposit", "--unit", "neuron", "--amount", most, "--yes"), "Nothing was signed");
  }

  @Test
  void an_address_without_a_contract_gets_no_coins() {
    node.results.put("eth_getCode", "\"0x\"");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "no contract at " + CONTRACT);
  }

  @Test
  void a_simulation_can_refuse_and_never_allow() {
    assertNothingSigned(run("refund", "--amount", "4", "--yes"), "this would leave 1 0G");
    node.results.put("eth_call", FakeNode.REVERTED.formatted(
        "0xadb9e043" + "0".repeat(63) + "1" + "0".repeat(63) + "2"));
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "InsufficientAvailableBalance(1, 2)");
    node.results.put("eth_call", FakeNode.REVERTED.formatted("0xffffffff"));
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "an unknown error, 0xffffffff");
  }

  @Test
  void a_price_that_eats_the_wallet_is_refused() {
    node.results.put("eth_gasPrice", "\"0xffffffffffffffff\"");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "more than --max-fee 0.1");
    node.results.put("eth_gasPrice", "\"0x1\"");
    node.results.put("eth_estimateGas", "\"0x" + "f".repeat(64) + "\"");
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "more than --max-fee");
    node.result("eth_estimateGas", 100_000);
    assertThat(run("deposit", "--amount", "1", "--yes", "--gas-price", "5").exitCode()).isZero();
    assertThat(sent().getGasPrice()).isEqualTo(5);
  }

  @Test
  void a_wallet_without_the_coins_or_with_a_waiting_transaction_sends_nothing() {
    node.result("eth_getBalance", 1);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "needs up to 1.000125 0G with its gas");
    node.result("eth_getTransactionCount pending", 8);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "Another transaction of this wallet waits");
  }

  @Test
  void nothing_is_sent_without_a_confirmation() {
    assertNothingSigned(run(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), Optional.of("y"), "deposit", "--amount", "1"),
        "Not confirmed");
    assertNothingSigned(run(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), Optional.empty(), "deposit", "--amount", "1"),
        "no terminal");
    assertNothingSigned(run("deposit", "--amount", "1", "--json"), "with --yes");
    assertThat(run("deposit", "--amount", "1", "--dry-run").exitCode()).isZero();
    assertThat(node.sent).isEmpty();
    assertNothingSigned(run(Map.of(), Optional.of("yes"), "deposit", "--amount", "1"), "needs its key");
    assertNothingSigned(run(Map.of("NEURON_LEDGER_PRIVATE_KEY", "abc"), Optional.of("yes"), "deposit", "--amount", "1"),
        "not 32 bytes");
  }

  @Test
  void a_keystore_that_names_another_wallet_than_its_keys_gets_no_signature(@TempDir Path folder) throws Exception {
    Path keystore = folder.resolve("wallet.json");
    WalletFile file = Wallet.createLight("correct horse", Credentials.create(KEY).getEcKeyPair());
    Map<String, String> environment = Map.of("NEURON_LEDGER_KEYSTORE", keystore.toString(),
        "NEURON_LEDGER_KEYSTORE_PASSWORD", "correct horse");
    file.setAddress(PROVIDER.substring(2).toLowerCase(Locale.ROOT));
    Files.writeString(keystore, JsonMapper.shared().writeValueAsString(file));
    assertNothingSigned(run(environment, Optional.of("yes"), "deposit", "--amount", "1"), "holds the key of");
    file.setAddress(WALLET.substring(2));
    Files.writeString(keystore, JsonMapper.shared().writeValueAsString(file));
    assertThat(run(environment, Optional.of("yes"), "deposit", "--amount", "1").exitCode()).isZero();
    assertThat(sent().getFrom()).isEqualToIgnoringCase(WALLET);
  }

  @Test
  void a_transaction_that_is_not_seen_is_unknown() {
    ledger.entries = "";
    node.results.remove("eth_getTransactionReceipt");
    Answer unseen = run("deposit", "--amount", "1", "--yes", "--timeout", "30");
    assertThat(unseen.exitCode()).as(unseen.toString()).isEqualTo(3);
    assertThat(unseen.out()).contains("has not shown it within 30 seconds", "history --transaction 0x");
    node.mined("0x0");
    assertThat(run("deposit", "--amount", "1", "--yes", "--timeout", "30").exitCode())
        .as("the ledger is before its block").isEqualTo(3);
  }

  @Test
  void a_reverted_transaction_has_failed_once_the_ledger_is_as_of_its_block() {
    ledger.entries = "";
    ledger.block = 17;
    node.mined("0x0");
    Answer reverted = run("deposit", "--amount", "1", "--yes");
    assertThat(reverted.exitCode()).as(reverted.toString()).isEqualTo(1);
    assertThat(reverted.out()).contains("The contract refused it in block 17");
  }

  /** Also where the node knows nothing of it, or something else. */
  @ParameterizedTest
  @ValueSource(strings = {"0x0", "0x", "0x2", ""})
  void what_the_ledger_shows_is_recorded_whatever_the_node_says(String status) {
    node.mined(status);
    ledger.block = 17;
    assertThat(run("deposit", "--amount", "1", "--yes").out()).contains("Recorded in block 17");
    node.results.remove("eth_getTransactionReceipt");
    assertThat(run("deposit", "--amount", "1", "--yes").out()).contains("Recorded in block 17");
    node.results.put("eth_getTransactionReceipt", "{\"error\":{\"code\":-1,\"message\":\"down\"}}");
    assertThat(run("deposit", "--amount", "1", "--yes").out()).contains("Recorded in block 17");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x", "0x2", "", "0x00"})
  void a_status_that_is_none_reverts_nothing(String status) {
    ledger.entries = "";
    ledger.block = 17;
    node.mined(status);
    Answer answer = run("deposit", "--amount", "1", "--yes", "--timeout", "5");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
    assertThat(answer.out()).contains("has not shown it within 5 seconds");
  }

  @Test
  void a_mined_transaction_of_which_the_ledger_has_nothing_ends_as_that() {
    ledger.entries = "";
    ledger.block = 18;
    Answer answer = run("deposit", "--amount", "1", "--yes");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
    assertThat(answer.out()).contains("mined in block 17", "as of that block").doesNotContain("within");
    assertThat(run("deposit", "--amount", "1", "--yes", "--json").out()).contains("\"state\" : \"unchanged\"");
  }

  /** The newest block is asked for where there is no ledger, and may be the one that opens it. */
  @Test
  void a_ledger_that_opens_between_two_answers_is_shown() {
    ledger.noLedger = true;
    ledger.opensMeanwhile = true;
    Answer answer = run("deposit", "--amount", "3", "--yes");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out()).contains("Recorded in block 17").doesNotContain("shows nothing of it");
  }

  @Test
  void a_wallet_without_a_ledger_learns_that_its_first_deposit_was_reverted() {
    ledger.noLedger = true;
    ledger.block = 17;
    node.mined("0x0");
    Answer answer = run("deposit", "--amount", "3", "--yes");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(1);
    assertThat(answer.out()).contains("The contract refused it in block 17");
  }

  @Test
  void what_a_fork_may_take_back_is_not_final_yet() {
    Answer answer = run("deposit", "--amount", "1", "--yes");
    assertThat(answer.out()).contains("Recorded in block 17, not final yet: funds-deposited.v1 3-17");
    assertThat(run("deposit", "--amount", "1", "--yes", "--json").out()).contains("\"finalized\" : false");
    ledger.finalized = true;
    assertThat(run("deposit", "--amount", "1", "--yes").out()).contains("Recorded in block 17: funds-deposited.v1");
    assertThat(run("deposit", "--amount", "1", "--yes", "--json").out()).contains("\"finalized\" : true");
  }

  @Test
  void an_entry_that_is_retracted_between_two_polls_is_awaited_again() {
    String entry = ledger.entries;
    ledger.entries = entry.replace("\"retracted\":false", "\"retracted\":true");
    ledger.laterEntries = Optional.of(ledger.entries + "," + entry.replace("3-17", "3-21")
        .replace("\"block\":17", "\"block\":18"));
    node.results.remove("eth_getTransactionReceipt");
    Answer answer = run("deposit", "--amount", "1", "--yes");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out()).contains("Recorded in block 18, not final yet: funds-deposited.v1 3-21\n")
        .doesNotContain("3-17");
  }

  @Test
  void a_nonce_that_another_transaction_has_used_ends_the_wait() {
    ledger.entries = "";
    ledger.block = 20;
    node.results.remove("eth_getTransactionReceipt");
    node.result("eth_blockNumber", 20);
    node.afterSending.put("eth_getTransactionCount", "\"0x8\"");
    Answer answer = run("deposit", "--amount", "1", "--yes");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(1);
    assertThat(answer.out()).contains("Another transaction of this wallet has nonce 7").doesNotContain("within");
  }

  /** The ledger may have it in a block that it has not read yet. */
  @Test
  void a_used_nonce_ends_nothing_before_the_ledger_is_as_of_the_nodes_block() {
    ledger.entries = "";
    node.results.remove("eth_getTransactionReceipt");
    node.result("eth_blockNumber", 20);
    node.afterSending.put("eth_getTransactionCount", "\"0x8\"");
    assertThat(run("deposit", "--amount", "1", "--yes", "--timeout", "5").exitCode()).isEqualTo(3);
  }

  /** A fork is under way: what a ledger shows of its own branch says nothing about the node's. */
  @Test
  void a_ledger_on_another_branch_than_the_node_ends_nothing() {
    ledger.entries = "";
    ledger.block = 20;
    node.mined("0x0");
    node.results.put("eth_getBlockByNumber", "{\"hash\":\"0x" + "12".repeat(32) + "\"}");
    Answer answer = run("deposit", "--amount", "1", "--yes", "--timeout", "5");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
    assertThat(answer.out()).contains("has not shown it within 5");
  }

  private Answer runAndChange(Runnable change, String... words) {
    Commands commands = new Commands(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), Optional.of("yes"));
    commands.beforeAnswering(change);
    return run(commands, Stream.of("--data", stack.toString()), words);
  }

  /** Between what is shown and the typed yes there is time. */
  @Test
  void what_has_changed_while_it_was_read_gets_no_signature() {
    assertNothingSigned(runAndChange(() -> node.result("eth_getTransactionCount", 8), "deposit", "--amount", "1"),
        "has changed meanwhile");
    node.result("eth_getTransactionCount", 7);
    assertNothingSigned(runAndChange(() -> node.results.put("eth_call", FakeNode.REVERTED.formatted("0xffffffff")),
        "deposit", "--amount", "1"), "The contract would refuse it");
    node.results.put("eth_call", "\"0x\"");
    assertNothingSigned(runAndChange(() -> ledger.noLedger = true, "deposit", "--amount", "3"),
        "has changed meanwhile");
    ledger.noLedger = false;
    assertThat(runAndChange(() -> ledger.block = 17, "deposit", "--amount", "1").exitCode()).isZero();
    assertThat(sent().getNonce()).isEqualTo(7);
  }

  @Test
  void without_a_reader_nothing_is_sent_from_a_ledger_that_is_behind() {
    ledger.behind = true;
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "The ledger is behind the chain");
    ledger.noLedger = true;
    assertNothingSigned(run("deposit", "--amount", "3", "--yes"), "The ledger is behind the chain");
    ledger.noLedger = false;
    assertThat(run("deposit", "--amount", "1").out()).contains("and the ledger is behind the chain", "Recorded in");
  }

  @Test
  void as_data_a_transaction_has_what_it_starts_from_and_leads_to() {
    ledger.behind = true;
    JsonNode answer = JsonMapper.shared().readTree(run("deposit", "--amount", "1", "--dry-run", "--json").out());
    assertThat(answer.at("/as_of/block").asLong()).isEqualTo(16);
    assertThat(answer.at("/as_of/behind").asBoolean()).isTrue();
    assertThat(answer.at("/before/available").asString()).isEqualTo("5000000000000000000");
    assertThat(answer.at("/after/available").asString()).isEqualTo("6000000000000000000");
    assertThat(answer.at("/after/total").asString()).isEqualTo("11000000000000000000");
  }

  /** A node that withholds a transaction and says another nonce would collect a second one for the same wish. */
  @Test
  void while_a_transaction_may_still_come_no_other_nonce_is_signed() throws Exception {
    String entries = ledger.entries;
    ledger.entries = "";
    node.results.remove("eth_getTransactionReceipt");
    assertThat(run("deposit", "--amount", "1", "--yes", "--timeout", "1").exitCode()).isEqualTo(3);
    String hash = Hash.keccak256(HexData.toBytes(node.sent.getFirst())).value();
    node.sent.clear();
    node.result("eth_getTransactionCount", 8);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), hash);
    node.result("eth_getTransactionCount", 6);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "nonce 7");
    node.result("eth_getTransactionCount", 7);
    assertThat(run("deposit", "--amount", "1", "--yes", "--timeout", "1", "--gas-price", "9").exitCode())
        .as("of two with one nonce only one is mined").isEqualTo(3);
    assertThat(sent().getNonce()).isEqualTo(7);
    node.sent.clear();
    node.result("eth_getTransactionCount", 8);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), "nonce 7");
    ledger.entries = entries;
    assertThat(run("deposit", "--amount", "1", "--yes").exitCode()).as("the ledger shows it").isZero();
    assertThat(sent().getNonce()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x0", "0x1", "used"})
  void what_the_node_alone_says_to_have_ended_may_still_come_until_its_hash_is_named(String ended) throws Exception {
    ledger.entries = "";
    ledger.block = 20;
    node.mined(ended);
    if (ended.equals("used")) {
      node.results.remove("eth_getTransactionReceipt");
      node.result("eth_blockNumber", 20);
      node.afterSending.put("eth_getTransactionCount", "\"0x8\"");
    }
    run("deposit", "--amount", "1", "--yes");
    String hash = Hash.keccak256(HexData.toBytes(node.sent.getFirst())).value();
    node.sent.clear();
    node.result("eth_getTransactionCount", 8);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes"), hash);
    assertNothingSigned(run("deposit", "--amount", "1", "--yes", "--despite", "0x" + "11".repeat(32)), hash);
    run("deposit", "--amount", "1", "--yes", "--despite", hash);
    assertThat(sent().getNonce()).isEqualTo(8);
  }

  @Test
  void what_may_still_come_is_kept_for_the_user_alone() throws IOException {
    ledger.entries = "";
    runElsewhere("deposit", "--amount", "1", "--timeout", "1");
    Path kept = stack.resolve("state").resolve("unresolved-sends.json");
    assertThat(Files.readString(kept)).contains("31337", WALLET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))).isEqualTo("rw-------");
    node.sent.clear();
    Files.writeString(kept, "no json");
    assertThat(runElsewhere("deposit", "--amount", "1").exitCode()).isEqualTo(2);
    assertThat(node.sent).isEmpty();
  }

  /** A provider of nodes puts its customer's key into the path. */
  @Test
  void of_a_nodes_url_only_its_host_is_shown() {
    node.results.put("eth_chainId", "{\"error\":{\"code\":-1,\"message\":\"down\"}}");
    String url = node.url() + "/v2/SECRET?key=SECRET";
    for (String answer : List.of("{\"error\":{\"code\":-1,\"message\":\"down\"}}", "null", "\"x\"")) {
      node.results.put("eth_chainId", answer);
      assertThat(run("deposit", "--amount", "1", "--rpc-url", url).err()).contains("The node " + node.url() + " ")
          .doesNotContain("SECRET");
    }
    for (String wrong : List.of("ftp://x/SECRET", "http://me:SECRET@x", "http://SECRET x", "SECRET")) {
      assertThat(run("deposit", "--amount", "1", "--rpc-url", wrong).err()).contains("Not a URL")
          .doesNotContain("SECRET");
    }
    node.close();
    assertThat(run("deposit", "--amount", "1", "--rpc-url", url).err()).contains("does not answer")
        .doesNotContain("SECRET");
  }

  @Test
  void a_failing_node_after_sending_leaves_the_hash() {
    ledger.entries = "";
    node.results.put("eth_getTransactionReceipt", "{\"error\":{\"code\":-1,\"message\":\"down\"}}");
    Answer answer = run("deposit", "--amount", "1", "--yes", "--timeout", "30");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
    assertThat(answer.err()).contains("Signed: 0x", "refuses: down");
  }

  @Test
  void as_data_a_transaction_has_all_that_was_signed() {
    Answer answer = run("transfer-fund", "--provider", PROVIDER, "--amount", "3", "--yes", "--json");
    assertThat(answer.exitCode()).as(answer.toString()).isZero();
    assertThat(answer.out().replace("\r", "")).contains("\"state\" : \"recorded\"", "\"chain_id\" : 31337",
        "\"contract\" : \"" + CONTRACT + "\"", "\"nonce\" : 7", "\"fee_max\" : \"125000000000000\"", "\"block\" : 17",
        "Cancels the refund of 2 0G that was asked for at 2026-11-28T06:00:00Z.", "Moves 1 0G");
  }

  /** Any mixture of true and false answers: what is signed is for the shown chain and contract, and nothing else. */
  @Test
  void no_mixture_of_answers_gets_a_signature_for_anything_else() throws Exception {
    Random random = new Random(20_261_128);
    int signatures = 0;
    for (int run = 0; run < RUNS; run++) {
      node.sent.clear();
      ledger.chainId = pick(random, "31337", "1", "16661");
      ledger.contract = pick(random, CONTRACT, PROVIDER);
      node.results.put("eth_chainId", pick(random, "\"0x7a69\"", "\"0x1\"", "\"0x4115\"", "null", "\"x\""));
      node.results.put("eth_getTransactionCount", pick(random, "\"0x7\"", "\"0x0\"", "\"0xffff\"", "null", "{}"));
      node.results.put("eth_gasPrice", pick(random, "\"0x1\"", "\"0x3b9aca00\"", "\"0x" + "f".repeat(70) + "\"", "7"));
      node.results.put("eth_estimateGas", pick(random, "\"0x186a0\"", "\"0x0\"", "\"-0x1\"", "\"0xffffffffffffffff\""));
      node.results.put("eth_call", pick(random, "\"0x\"", "\"0x" + "f".repeat(64) + "\"", "null",
          FakeNode.REVERTED.formatted("0x" + "f".repeat(random.nextInt(200)))));
      node.results.put("eth_getCode", pick(random, "\"0x60\"", "\"0x\"", "null"));
      node.results.put("eth_getBalance", pick(random, "\"0x" + "f".repeat(30) + "\"", "\"0x0\"", "\"0x\""));
      node.results.put("eth_getTransactionReceipt", pick(random, "null", "{}", "\"x\"", "[]",
          "{\"blockNumber\":\"zz\",\"status\":\"0x1\"}", "{\"blockNumber\":\"0x11\",\"status\":1}"));
      node.results.put("eth_sendRawTransaction", pick(random, "\"0x" + "0".repeat(64) + "\"", "null",
          "{\"error\":{\"code\":-1,\"message\":\"nonce too low, sign for chain 1\"}}"));
      Files.deleteIfExists(stack.resolve("state").resolve("unresolved-sends.json"));
      // Somebody who reads the chain, a program that has named it, and one that has not.
      List<String> words = new ArrayList<>(List.of("deposit", "--amount", "1", "--timeout", "1"));
      words.addAll(List.of(List.of("--contract", CONTRACT), List.of("--contract", CONTRACT, "--chain-id", "31337",
          "--yes"), List.of("--yes"), List.of("--yes", "--contract", CONTRACT)).get(run % 4));
      Answer answer = runElsewhere(words.toArray(String[]::new));
      assertThat(run % 4 < 2 || node.sent.isEmpty()).as(answer.toString()).isTrue();
      for (String each : node.sent) {
        signatures++;
        SignedRawTransaction signed = signed(each);
        assertThat(String.valueOf(signed.getChainId())).isEqualTo(run % 4 == 1 ? "31337" : ledger.chainId);
        assertThat(answer.out()).contains("Chain:    " + signed.getChainId(), "Nonce:    " + signed.getNonce());
        assertThat(signed.getTo()).isEqualToIgnoringCase(CONTRACT);
        assertThat("0x" + signed.getData().replaceFirst("^0x", "")).isEqualTo("0xd0e30db0");
        assertThat(signed.getValue()).isEqualTo(BigInteger.TEN.pow(18));
        assertThat(signed.getFrom()).isEqualToIgnoringCase(WALLET);
        assertThat(signed.getGasPrice().multiply(signed.getGasLimit())).isLessThanOrEqualTo(BigInteger.TEN.pow(17));
      }
      assertThat(node.sent.size()).isLessThanOrEqualTo(1);
      assertThat(answer.exitCode()).isBetween(0, 3);
      assertThat(answer.err()).doesNotContain("mistake of the program");
    }
    assertThat(signatures).isGreaterThan(RUNS / 20);
  }

  /** The first one, which is an honest answer, in most cases: else nothing would ever be signed. */
  private static String pick(Random random, String... from) {
    return Objects.requireNonNull(from[random.nextInt(HONEST_OF) < HONEST ? 0 : random.nextInt(from.length)]);
  }

  @Test
  void a_ledger_that_asks_to_be_asked_later_does_not_prolong_the_timeout() {
    ledger.entriesAnswer = Optional.of(new FakeServer.Answer(503, "{}", Map.of("Retry-After", "100")));
    Commands commands = new Commands(Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY), Optional.empty());
    Answer answer =
        run(commands, Stream.of("--data", stack.toString()), "deposit", "--amount", "1", "--yes", "--timeout", "5");
    assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
    assertThat(commands.waits().stream().reduce(Duration.ZERO, Duration::plus)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  @Timeout(45)
  void nor_does_one_that_does_not_answer() {
    CountDownLatch end = new CountDownLatch(1);
    ledger.silentUntil = end;
    try {
      Answer answer = run("deposit", "--amount", "1", "--yes", "--timeout", "1");
      assertThat(answer.exitCode()).as(answer.toString()).isEqualTo(3);
      assertThat(answer.err()).contains("does not answer");
    } finally {
      end.countDown();
    }
  }
}
