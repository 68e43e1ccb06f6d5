package io.neuronledger.wallet.autofund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.wallet.WalletCli;
import io.neuronledger.wallet.option.Surroundings;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.SignedRawTransaction;
import tools.jackson.databind.json.JsonMapper;

/** Auto-funding on a chain that a test moves, with instances that are killed and instances side by side. */
class AutoFundIT {
  private static final String KEY = "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

  @TempDir
  private Path folder;
  private FakeChain chain;
  private Path policy;
  private String machine = "machine";
  private Instant now = Instant.parse("2026-11-28T12:00:00Z");
  private Consumer<Duration> pauses = wait -> {};

  /** What the operating system does to a process. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private record Ended(int exitCode, String out, String err) {}

  @BeforeEach
  void start() throws Exception {
    chain = new FakeChain();
    policy = policy("policy.json", "10");
  }

  @AfterEach
  void stop() {
    chain.close();
  }

  private Path policy(String name, String ofDay) throws Exception {
    return Files.writeString(folder.resolve(name), """
        {"chain_id": 31337, "contract": "%s", "confirmations": 0, "failures_max": 3, "fundings": [
          {"provider": "%s", "service": "inference-v1.0", "threshold": "3", "target": "5", "interval": "PT5M",
           "cap_per_day": "%s", "cap_in_all": "100"}]}
        """.formatted(FakeChain.CONTRACT, FakeChain.PROVIDER, ofDay));
  }

  private Ended run(Path file, String... words) {
    return run(new StringWriter(), file, words);
  }

  private Ended run(StringWriter err, Path file, String... words) {
    return typed(err, machine, Stream.concat(Stream.of("auto-fund", "--policy", file.toString()), Stream.of(words)));
  }

  /** @param of the machine, whose commands have one folder of what they have sent */
  private Ended typed(StringWriter err, String of, Stream<String> words) {
    Map<String, String> environment =
        Map.of("NEURON_LEDGER_PRIVATE_KEY", KEY, "NEURON_LEDGER_WALLET_STATE", folder.resolve(of).toString());
    Surroundings surroundings = new Surroundings(name -> Optional.ofNullable(environment.get(name)), () -> now,
        this::pause, _ -> Optional.empty(), _ -> Optional.empty());
    StringWriter out = new StringWriter();
    int exitCode = WalletCli.commandLine(surroundings).setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true)).execute(Stream.concat(words, Stream.of("--ledger", chain.url(),
            "--rpc-url", chain.url(), "--data", "/nonexistent", "--timeout", "30")).toArray(String[]::new));
    assertThat(err.toString()).doesNotContain("mistake of the program");
    return new Ended(exitCode, out.toString(), err.toString());
  }

  private void pause(Duration wait) {
    now = now.plus(wait);
    pauses.accept(wait);
  }

  private Ended once() {
    return run(policy, "--once", "--yes");
  }

  @Test
  void a_sub_account_below_its_threshold_is_funded_up_to_its_target() {
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("fund 3 0G: 2 0G spendable, below the threshold 3 0G: up to the target 5 0G, at "
        + "block 20", "Chain:    31337", "Contract: " + FakeChain.CONTRACT, "Recorded in block 21");
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
    assertThat(once().out()).contains("enough: 5 0G spendable, at least the threshold 3 0G");
    chain.unsettled = Neuron.ofZeroG("2.5");
    assertThat(once().out()).contains("fund 2.5 0G: 2.5 0G spendable");
    assertThat(chain.sent).hasSize(2);
  }

  @Test
  void caps_end_it_loudly() throws Exception {
    policy = policy("small.json", "2");
    assertThat(once().out()).contains("fund 2 0G", "less than up to the target 5 0G, by the cap per day");
    chain.settle("3");
    Ended ended = once();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("Not funded, ", "the cap per day 2 0G is used up");
    assertThat(chain.sent).hasSize(1);
  }

  @Test
  void a_refund_is_undone_only_where_the_policy_allows_it() throws Exception {
    chain.pendingRefund = Neuron.ofZeroG("1");
    Ended refused = once();
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("a transfer would undo refunds of 1 0G, which the policy does not allow");
    assertThat(chain.sent).isEmpty();
    Files.writeString(policy, Files.readString(policy).replace("\"100\"", "\"100\", \"allow_undo_refund\": true"));
    assertThat(once().out()).contains("fund 4 0G", "Cancels the refund of 1 0G");
  }

  @Test
  void killed_between_sending_and_seeing_it_goes_on_with_what_was_sent() {
    chain.minesAtOnce = false;
    pauses = _ -> {
      throw new Killed();
    };
    assertThatThrownBy(this::once).isInstanceOf(Killed.class);
    assertThat(chain.sent).hasSize(1);
    // Started again while it waits in the node, then mined.
    pauses = _ -> chain.mine();
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Recorded in block 21", "enough: 5 0G");
    assertThat(chain.signed()).hasSize(1);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  private void killBeforeSending() {
    StringWriter err = new StringWriter() {
      @Override
      public void write(String text, int from, int length) {
        if (text.startsWith("Signed: ")) {
          throw new Killed();
        }
      }
    };
    assertThatThrownBy(() -> run(err, policy, "--once", "--yes")).isInstanceOf(Killed.class);
  }

  @Test
  void killed_before_sending_the_same_signature_is_sent_and_no_other() {
    killBeforeSending();
    assertThat(chain.sent).isEmpty();
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err()).contains("it is sent again");
    assertThat(chain.sent).hasSize(1);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  @Test
  void what_a_node_has_lost_is_sent_again_and_mined_once() {
    chain.minesAtOnce = false;
    Ended unseen = once();
    assertThat(unseen.exitCode()).as(unseen.toString()).isEqualTo(3);
    chain.lose();
    pauses = _ -> chain.mine();
    assertThat(once().exitCode()).isZero();
    assertThat(chain.sent).hasSize(2);
    assertThat(chain.signed()).hasSize(1);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  @Test
  void what_was_never_sent_and_is_no_longer_wanted_is_not_sent() {
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    chain.lose();
    chain.pendingRefund = Neuron.ofZeroG("1");
    Ended ended = once();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("is no longer wanted: it is not sent again", "would undo refunds");
    assertThat(chain.sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"waiting", "waiting at a price too low", "mined", "replaced", "lost"})
  void a_dry_run_touches_nothing_that_has_no_end_yet(String state) throws Exception {
    limitGasPrice("3000000000");
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    switch (state) {
      case "waiting at a price too low" -> chain.gasPrice = 3_000_000_000L;
      case "mined" -> chain.mine();
      case "replaced" -> {
        chain.lose();
        chain.claimed = 1;
      }
      case "lost" -> chain.lose();
      default -> assertThat(state).isEqualTo("waiting");
    }
    List<Path> files = List.of(folder.resolve("policy.json.journal"),
        folder.resolve("machine").resolve("unresolved-sends.json"));
    List<String> before = texts(files);
    Ended ended = run(policy, "--once", "--dry-run");
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
    assertThat(ended.err()).contains("The transfer " + chain.hashOfSent() + " of 3 0G, signed at ",
        "has no end in the journal yet");
    assertThat(ended.out()).isEmpty();
    assertThat(texts(files)).isEqualTo(before);
    assertThat(chain.sent).hasSize(1);
  }

  private static List<String> texts(List<Path> files) throws Exception {
    List<String> texts = new ArrayList<>();
    for (Path file : files) {
      texts.add(Files.readString(file));
    }
    return texts;
  }

  private void limitGasPrice(String neuron) throws Exception {
    Files.writeString(policy("policy.json", "10"), Files.readString(policy)
        .replace("\"failures_max\": 3,", "\"failures_max\": 3, \"max_gas_price\": \"" + neuron + "\","));
  }

  @Test
  void what_waits_at_a_price_that_is_too_low_is_replaced_up_to_the_policys_limit() throws Exception {
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    chain.minesAtOnce = true;
    chain.gasPrice = 3_000_000_000L;
    Ended waits = run(policy, "--yes");
    assertThat(waits.exitCode()).as(waits.toString()).isEqualTo(3);
    assertThat(waits.err()).contains("is signed at 1000000000 neuron for one unit of gas, and the node asks for "
        + "3000000000: it is not replaced at 3000000000, as the policy has no max_gas_price.",
        "Auto-funding ends: it has failed 3 times in a row.");
    limitGasPrice("2999999999");
    assertThat(once().err()).contains("above the policy's max_gas_price 2999999999");
    limitGasPrice("3000000000");
    Ended dear = run(policy, "--once", "--yes", "--max-fee", "0.0000001");
    assertThat(dear.err()).contains("it is not replaced at 3000000000, as it may cost up to 0.000375 0G in gas, more "
        + "than --max-fee 0.0000001.").doesNotContain("it is replaced");
    assertThat(dear.exitCode()).as(dear.toString()).isEqualTo(3);
    assertThat(chain.signed()).hasSize(1);
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.err()).contains("it is replaced at 3000000000. Only one of the two can be mined.");
    assertThat(ended.out()).contains("Recorded in block 21", "enough: 5 0G");
    assertThat(chain.signed()).hasSize(2).extracting(SignedRawTransaction::getNonce).containsOnly(BigInteger.ZERO);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  /** A price that has risen by less than nodes take a replacement for is raised by more. */
  @Test
  void a_replacement_is_at_least_an_eighth_dearer() throws Exception {
    limitGasPrice("2000000000");
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    chain.minesAtOnce = true;
    chain.gasPrice = 1_000_000_001L;
    assertThat(once().err()).contains("it is replaced at 1125000001");
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  /** A transfer that waits at a third of what the node asks for. */
  private void fundTooCheaply() throws Exception {
    limitGasPrice("3000000000");
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    chain.minesAtOnce = true;
    chain.gasPrice = 3_000_000_000L;
  }

  @Test
  void a_replacement_that_never_reached_the_node_is_sent() throws Exception {
    fundTooCheaply();
    killBeforeSending();
    assertThat(chain.sent).hasSize(1);
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(chain.sent).hasSize(2);
    assertThat(chain.signed().getLast().getGasPrice()).isEqualTo(3_000_000_000L);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"provider\": \"" + FakeChain.PROVIDER + "|\"provider\": \"" + FakeChain.CONTRACT
          + "|the policy no longer funds its sub-account.",
      "\"cap_per_day\": \"10|\"cap_per_day\": \"2|2 0G would be decided now: 2 0G spendable, below the threshold 3 0G",
      "\"threshold\": \"3|\"threshold\": \"2|it would not be decided now: 2 0G spendable, at least the threshold 2 0G"})
  void what_would_not_be_decided_again_is_not_replaced_and_waits_on(String from, String to, String why)
      throws Exception {
    fundTooCheaply();
    String text = Files.readString(policy);
    assertThat(text).contains(from);
    Files.writeString(policy, text.replace(from, to));
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
    assertThat(ended.err()).contains("it is not replaced at 3000000000, as " + why);
    assertThat(chain.signed()).hasSize(1);
  }

  /** As where the owner cancels it by another wallet. */
  @Test
  void what_somebody_else_has_sent_with_its_nonce_is_not_outbid() throws Exception {
    fundTooCheaply();
    chain.lose();
    chain.holdsAnother = true;
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
    assertThat(ended.err()).contains("it is not replaced at 3000000000, as the node holds another transaction of its "
        + "nonce.");
    assertThat(chain.signed()).hasSize(1);
  }

  @Test
  void a_refund_that_was_asked_for_meanwhile_is_not_undone_by_a_replacement() throws Exception {
    fundTooCheaply();
    chain.pendingRefund = Neuron.ofZeroG("1");
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(3);
    assertThat(ended.err()).contains("it is not replaced at 3000000000, as ", "would undo refunds of 1 0G");
    assertThat(chain.signed()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in its round", "in the next round", "between both"})
  void a_transfer_that_is_mined_in_place_of_its_replacement_is_recorded(String mined) throws Exception {
    fundTooCheaply();
    chain.ignoresReplacements = true;
    Runnable mine = () -> {
      chain.gasPrice = 1_000_000_000L;
      chain.mine();
    };
    if (!mined.equals("in its round")) {
      assertThat(once().exitCode()).isEqualTo(3);
    }
    if (mined.equals("between both")) {
      mine.run();
    } else {
      pauses = _ -> mine.run();
    }
    Ended ended = once();
    assertThat(chain.signed()).hasSize(2);
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Recorded in block 21", "enough: 5 0G");
    assertThat(Files.readAllLines(folder.resolve("policy.json.journal")).getLast()).contains("\"recorded\"");
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  @Test
  void one_machine_has_one_instance() {
    chain.minesAtOnce = false;
    List<Ended> second = new ArrayList<>();
    pauses = _ -> {
      if (second.isEmpty()) {
        second.add(once());
      }
      chain.mine();
    };
    assertThat(once().exitCode()).isZero();
    assertThat(second.getFirst().exitCode()).isEqualTo(2);
    assertThat(second.getFirst().err()).contains("Another auto-fund of this policy runs");
    assertThat(chain.sent).hasSize(1);
  }

  /** With a journal of its own, and even where its node has not heard of the other's transaction. */
  @ParameterizedTest
  @CsvSource({"true, 1", "false, 2"})
  void two_machines_never_fund_twice(boolean showsWaiting, int signatures) throws Exception {
    Path other = policy("other-machine.json", "10");
    // Another amount: the same transaction would have the same signature.
    Files.writeString(other, Files.readString(other).replace("\"target\": \"5\"", "\"target\": \"4.5\""));
    chain.minesAtOnce = false;
    chain.showsWaiting = showsWaiting;
    List<Ended> second = new ArrayList<>();
    pauses = _ -> {
      if (second.isEmpty()) {
        pauses = _ -> {};
        second.add(onOtherMachine(other));
      }
      pauses = _ -> {};
      chain.mine();
    };
    Ended first = once();
    assertThat(chain.signed()).as(first + " " + second).hasSize(signatures)
        .extracting(SignedRawTransaction::getNonce).allMatch(nonce -> nonce.signum() == 0);
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
    chain.showsWaiting = true;
    Ended again = onOtherMachine(other);
    assertThat(again.out()).contains("enough: 5 0G");
    assertThat(again.err().contains("another transaction has its nonce 0")).isEqualTo(signatures == 2);
    assertThat(once().out()).contains("enough: 5 0G");
    assertThat(chain.balance()).isEqualTo(Neuron.ofZeroG("5"));
  }

  private Ended onOtherMachine(Path file) {
    machine = "other-machine";
    Ended ended = run(file, "--once", "--yes");
    machine = "machine";
    return ended;
  }

  private Ended transferByHand(String amount, String... words) {
    return typed(new StringWriter(), machine, Stream.concat(Stream.of("transfer-fund", "--provider",
        FakeChain.PROVIDER, "--amount", amount, "--yes", "--chain-id", "31337", "--contract", FakeChain.CONTRACT),
        Stream.of(words)));
  }

  @Test
  void while_a_funding_may_still_be_mined_no_command_signs_another_nonce() {
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    String hash = chain.hashOfSent();
    chain.lose();
    // The node withholds it, and claims that its nonce is used.
    chain.claimed = 1;
    Ended byHand = transferByHand("1");
    assertThat(byHand.exitCode()).as(byHand.toString()).isEqualTo(2);
    assertThat(byHand.err()).contains("has not shown the transaction " + hash, "with nonce 0");
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).contains("another transaction has its nonce 0", "has not shown the transaction " + hash);
    assertThat(chain.sent).hasSize(1);
    chain.claimed = 0;
    chain.minesAtOnce = true;
    assertThat(once().out()).contains("Recorded in block 21");
    chain.settle("3");
    assertThat(once().out()).contains("Recorded in block 22");
    assertThat(chain.signed()).extracting(SignedRawTransaction::getNonce)
        .containsOnly(BigInteger.ZERO, BigInteger.ONE);
  }

  @Test
  void while_a_transfer_by_hand_may_still_be_mined_no_other_nonce_is_funded_unless_it_is_given_up() {
    chain.minesAtOnce = false;
    assertThat(transferByHand("1").exitCode()).isEqualTo(3);
    String hash = chain.hashOfSent();
    chain.lose();
    chain.claimed = 1;
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).contains("has not shown the transaction " + hash);
    assertThat(chain.sent).hasSize(1);
    assertThat(run(policy, "--once", "--yes", "--despite", hash).exitCode()).isEqualTo(3);
    assertThat(chain.sent).hasSize(2);
  }

  /** Its signature may be given to a node that has lost it, and only while no other nonce may be mined. */
  @Test
  void what_was_signed_is_not_sent_again_beside_another_nonce() throws Exception {
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    chain.lose();
    Path unresolved = folder.resolve("machine").resolve("unresolved-sends.json");
    String other = "0x" + "ab".repeat(32);
    Files.writeString(unresolved, Files.readString(unresolved).replace(chain.hashOfSent(), other)
        .replace("\"nonce\":0", "\"nonce\":5"));
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
    assertThat(ended.err()).contains("has not shown the transaction " + other);
    assertThat(chain.sent).hasSize(1);
  }

  @Test
  void what_another_transaction_has_replaced_while_it_was_awaited_ends_so_in_the_journal() throws Exception {
    chain.minesAtOnce = false;
    assertThat(once().exitCode()).isEqualTo(3);
    pauses = _ -> {
      chain.lose();
      chain.claimed = 1;
    };
    Ended ended = once();
    assertThat(ended.out()).contains("Another transaction of this wallet has nonce 0");
    assertThat(Files.readAllLines(folder.resolve("policy.json.journal")).getLast()).contains("\"replaced\"");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("has not shown the transaction " + chain.hashOfSent());
  }

  @Test
  void amounts_that_sum_up_to_too_much_are_a_failure() {
    chain.addTransfer(Neuron.MAX);
    chain.addTransfer(Neuron.MAX);
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.err()).contains("more than a contract can hold");
    assertThat(chain.sent).isEmpty();
  }

  @Test
  void pages_that_never_end_are_a_failure() {
    chain.nextCursor = Optional.of("again");
    Ended ended = once();
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
    assertThat(ended.err()).contains("a page names itself as the next one");
  }

  @Test
  void nothing_is_signed_for_another_chain_or_contract_than_the_policys() throws Exception {
    for (String wrong : List.of("\"chain_id\": 1,", "\"contract\": \"" + FakeChain.PROVIDER + "\",")) {
      String name = wrong.substring(0, wrong.indexOf(':'));
      Files.writeString(policy, Files.readString(policy("policy.json", "10")).replaceFirst(name + ": [^,]*,", wrong));
      Ended ended = once();
      assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(2);
      assertThat(ended.err()).contains("The policy is for chain");
    }
    policy("policy.json", "10");
    chain.chainId = 1;
    assertThat(once().err()).contains("The node is on chain 1");
    chain.chainId = 31_337;
    assertThat(run(policy, "--once").err()).contains("run it with --yes");
    assertThat(run(policy, "--once", "--dry-run").out()).contains("fund 3 0G");
    assertThat(chain.sent).isEmpty();
  }

  @Test
  void it_looks_by_its_interval_and_ends_after_failures_in_a_row() {
    List<Duration> waits = new ArrayList<>();
    pauses = wait -> {
      // Others are those before a request is sent again.
      if (wait.equals(Duration.ofMinutes(5))) {
        waits.add(wait);
      }
      if (waits.size() < 3) {
        chain.settle("3");
      }
      chain.down = waits.size() > 2;
    };
    Ended ended = run(policy, "--yes");
    assertThat(ended.exitCode()).as(ended.toString()).isEqualTo(1);
    assertThat(waits).hasSize(5);
    assertThat(ended.err()).contains("The ledger answers 503", "Failure 3 of 3 in a row.",
        "Auto-funding ends: it has failed 3 times in a row.");
    assertThat(chain.sent).hasSize(3);
  }

  @Test
  void a_ledger_behind_the_chain_is_a_failure() {
    chain.behind = true;
    Ended ended = once();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("the ledger is behind the chain");
    assertThat(chain.sent).isEmpty();
  }

  @Test
  void each_decision_and_each_transaction_is_a_line_of_data() {
    Ended ended = run(policy, "--once", "--yes", "--json");
    assertThat(ended.out().lines().map(line -> JsonMapper.shared().readTree(line)))
        .satisfiesExactly(
            decision -> assertThat(decision.path("amount").asString()).isEqualTo("3000000000000000000"),
            sent -> assertThat(sent.path("state").asString()).isEqualTo("recorded"));
  }

  @Test
  void a_journal_that_ends_within_a_line_goes_on_and_any_other_damage_ends_it() throws Exception {
    assertThat(once().exitCode()).isZero();
    Path journal = folder.resolve("policy.json.journal");
    assertThat(Files.readAllLines(journal)).hasSize(2);
    String whole = Files.readString(journal);
    Files.writeString(journal, whole + "{\"signed\":{\"ha");
    assertThat(once().err()).contains("ends within a line");
    assertThat(Files.readString(journal)).isEqualTo(whole);
    Files.writeString(journal, "x\n" + whole);
    Ended damaged = once();
    assertThat(damaged.exitCode()).isEqualTo(1);
    assertThat(damaged.err()).contains("cannot be read, line 1");
  }

  @Test
  void the_last_30_days_are_played_without_sending() {
    StringBuilder history = new StringBuilder();
    for (int day = 10; day < 15; day++) {
      history.append(history.isEmpty() ? "" : ",").append("""
          {"id":"4-%1$d","type":"usage-recorded.v1","provider":"%2$s","service":"inference-v1.0",
           "amount":"2000000000000000000","details":{},"postings":[],"recorded_at":"2026-11-%1$dT10:00:01Z",
           "retracted":false,"request":{"request_id":"r","owner":"%2$s","provider":"%2$s","service":"inference-v1.0",
           "model":"m","source":"direct","fee":"2000000000000000000","when":"2026-11-%1$dT10:00:00Z",
           "recorded_at":"2026-11-%1$dT10:00:01Z","state":"counted","units":{"kind":"seconds","count":1,"price":"1"}}}
          """.formatted(day, FakeChain.PROVIDER));
    }
    chain.history = history.toString();
    now = Instant.parse("2026-11-28T13:00:00Z");
    Ended ended = run(policy, "--simulate");
    assertThat(ended.exitCode()).as(ended.toString()).isZero();
    assertThat(ended.out()).contains("Simulation of 0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
    assertThat(ended.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
        .contains("2026-10-29 " + FakeChain.PROVIDER + " inference-v1.0 3 1 0 2 0",
            "2026-11-10 " + FakeChain.PROVIDER + " inference-v1.0 0 0 2 3 0",
            "2026-11-11 " + FakeChain.PROVIDER + " inference-v1.0 4 1 2 1 0");
    assertThat(chain.sent).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
      "\"threshold\": \"3\"|\"threshold\": \"6\"|the target 5 is below the threshold 6",
      "\"threshold\": \"3\"|\"threshold\": \"0\"|a threshold is above 0",
      "\"threshold\": \"3\"|\"threshold\": \"-3\"|threshold is an amount",
      "\"threshold\": \"3\"|\"treshold\": \"3\"|treshold",
      "\"threshold\": \"3\",||threshold is missing",
      "\"PT5M\"|\"PT0.5S\"|an interval is 1 second to 1 day",
      "\"PT5M\"|\"5m\"|interval is a duration",
      "\"failures_max\": 3|\"failures_max\": 0|failures_max is 1 or more",
      "\"failures_max\": 3|\"failures_max\": 3, \"max_gas_price\": \"1.5\"|max_gas_price is a price",
      "\"confirmations\": 0|\"confirmations\": -1|confirmations is 0 to 1000",
      "\"cap_in_all\": \"100\"|\"cap_in_all\": \"9\"|the cap in all 9 is below the cap per day 10",
      "\"chain_id\": 31337,|\"chain_id\": 31337, \"chain_id\": 1,|chain_id"})
  void a_policy_that_is_wrong_is_refused(String from, String to, String why) throws Exception {
    String text = Files.readString(policy);
    assertThat(text).contains(from);
    Files.writeString(policy, text.replace(from, to == null ? "" : to));
    Ended ended = once();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("is wrong: ").contains(why);
  }

  @Test
  void a_process_that_is_interrupted_ends_with_what_is_known() {
    pauses = _ -> {
      throw CommandFailure.unknown("Interrupted while waiting.");
    };
    assertThat(run(policy, "--yes").exitCode()).isEqualTo(3);
  }
}
