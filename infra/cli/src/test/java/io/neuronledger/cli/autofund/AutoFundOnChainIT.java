package io.neuronledger.cli.autofund;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.cli.autofund.AnvilLedger.Transfer;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.SubAccountId;
import io.neuronledger.testkit.devchain.AnvilControl;
import io.neuronledger.testkit.devchain.AnvilControl.Replay;
import io.neuronledger.testkit.devchain.contract.AccountLedgerContract;
import io.neuronledger.testkit.devchain.contract.Settlement;
import io.neuronledger.testkit.devchain.contract.SubAccountAt;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.rpc.BlockRef;
import io.neuronledger.testkit.devchain.rpc.JsonRpc;
import io.neuronledger.testkit.devchain.rpc.RpcException;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import io.neuronledger.wallet.WalletCli;
import io.neuronledger.wallet.option.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Auto-funding, command by command, on a real chain that forks, beside an owner who uses the wallet by hand. */
class AutoFundOnChainIT {
  private static final DevWallet OWNER = DevWallet.funded(8);
  private static final DevWallet PROVIDER = DevWallet.funded(3);
  private static final int CONFIRMATIONS = 2;
  private static final int STEPS = 45;

  @TempDir
  private Path folder;
  private DevChain chain;
  private AnvilControl control;
  private AccountLedgerContract contract;
  private AnvilLedger ledger;
  private Instant now = Instant.EPOCH;
  private Runnable onPause = () -> { };
  private long nonce = 1;

  private final List<String> story = new ArrayList<>();

  private record Ended(int exitCode, String out, String err) {}

  /** What a policy allows. */
  private record Limits(Neuron threshold, Neuron target, Neuron capPerDay, Neuron capInAll) {}

  @BeforeEach
  void start() {
    chain = DevChain.start(Optional.empty(), 0, Optional.of(Instant.parse("2026-11-28T08:00:00Z")));
    control = chain.node().control();
    contract = chain.contract();
    ledger = new AnvilLedger(new JsonRpc(chain.node().rpcUrl()), contract, OWNER.address());
    contract.await(contract.deposit(OWNER, Neuron.ofZeroG("60")));
    control.mine(CONFIRMATIONS);
  }

  @AfterEach
  void stop() {
    ledger.close();
    chain.close();
  }

  private Path policy(String name, Limits limits, String more) {
    try {
      return Files.writeString(folder.resolve(name), """
          {"chain_id": 31337, "contract": "%s", "confirmations": %d, "failures_max": 3, %s "fundings": [
            {"provider": "%s", "service": "inference-v1.0", "threshold": "%s", "target": "%s", "interval": "PT5M",
             "cap_per_day": "%s", "cap_in_all": "%s"}]}
          """.formatted(contract.address().checksummed(), CONFIRMATIONS, more, PROVIDER.address().checksummed(),
          limits.threshold().toZeroG(), limits.target().toZeroG(), limits.capPerDay().toZeroG(),
          limits.capInAll().toZeroG()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Ended once(Path policy, String... more) {
    Map<String, String> environment = Map.of("NEURON_LEDGER_PRIVATE_KEY",
        OWNER.credentials().getEcKeyPair().getPrivateKey().toString(16), "NEURON_LEDGER_WALLET_STATE",
        policy.resolveSibling(policy.getFileName() + ".machine").toString());
    BlockHeader head = control.head();
    now = head.time().isAfter(now) ? head.time() : now;
    Surroundings surroundings = new Surroundings(name -> Optional.ofNullable(environment.get(name)), () -> now,
        this::pause, _ -> Optional.empty(), _ -> Optional.empty());
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = WalletCli.commandLine(surroundings).setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true)).execute(Stream.concat(Stream.of("auto-fund", "--policy", policy.toString(),
            "--once", "--yes", "--ledger", ledger.url(), "--rpc-url", chain.node().rpcUrl(), "--data", "/nonexistent",
            "--timeout", "3"), Stream.of(more)).toArray(String[]::new));
    assertThat(err.toString()).doesNotContain("mistake of the program");
    story.add(exitCode + " " + out.toString().lines().findFirst().orElse("") + " " + err);
    return new Ended(exitCode, out.toString(), err.toString());
  }

  private void pause(Duration wait) {
    now = now.plus(wait);
    onPause.run();
  }

  private Neuron balance() {
    return account(control.head().number()).balance();
  }

  private SubAccountAt account(long block) {
    return contract.views().subAccount(new SubAccountId(OWNER.address(), PROVIDER.address(),
        AccountLedgerContract.INFERENCE), BlockRef.number(block));
  }

  private static Neuron zeroG(String amount) {
    return Neuron.ofZeroG(amount);
  }

  private static final Limits USUAL = new Limits(zeroG("3"), zeroG("5"), zeroG("50"), zeroG("50"));

  @Test
  void a_funding_that_a_fork_has_taken_back_is_seen_and_decided_anew() {
    Path policy = policy("policy.json", USUAL, "");
    Ended funded = once(policy);
    assertThat(funded.exitCode()).as(funded.toString()).isZero();
    assertThat(balance()).isEqualTo(zeroG("5"));
    assertThat(once(policy).out()).contains("enough: 5 0G");

    control.reorg(1, List.of());
    assertThat(balance()).as("taken back").isEqualTo(Neuron.ZERO);
    Ended again = once(policy);
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.out()).contains("fund 5 0G", "Recorded in block");
    assertThat(balance()).isEqualTo(zeroG("5"));
    assertThat(ledger.transfers(control.head().number())).hasSize(1);
  }

  /** The branch without it has as many blocks: only their hashes differ. */
  @Test
  void a_fork_while_it_waits_is_no_end() {
    Path policy = policy("policy.json", USUAL, "");
    ledger.lag = 1;
    List<Integer> pauses = new ArrayList<>();
    onPause = () -> {
      pauses.add(1);
      if (pauses.size() == 1) {
        control.reorg(1, List.of());
      }
    };
    control.mine(1);
    Ended unknown = once(policy);
    assertThat(unknown.exitCode()).as(unknown.toString()).isEqualTo(3);
    ledger.lag = 0;
    Ended again = once(policy);
    assertThat(again.exitCode()).as(again.toString()).isZero();
    assertThat(again.err()).contains("it is sent again");
    assertThat(balance()).isEqualTo(zeroG("5"));
  }

  @Test
  void what_waits_because_gas_has_become_dearer_is_replaced_under_the_policys_limit() {
    control.setAutomine(false);
    Path policy = policy("policy.json", USUAL, "");
    assertThat(once(policy).exitCode()).isEqualTo(3);
    // The next block takes only what pays this.
    JsonRpc rpc = new JsonRpc(chain.node().rpcUrl());
    rpc.call("anvil_setNextBlockBaseFeePerGas", "0x12a05f2000");
    control.mine();
    assertThat(balance()).as("its price is too low").isEqualTo(Neuron.ZERO);
    Ended waits = once(policy);
    assertThat(waits.exitCode()).as(waits.toString()).isEqualTo(3);
    assertThat(waits.err()).contains("as the policy has no max_gas_price");

    Path dearer = policy("policy.json", USUAL, "\"max_gas_price\": \"900000000000\",");
    onPause = control::mine;
    Ended replaced = once(dearer, "--max-fee", "1");
    assertThat(replaced.exitCode()).as(replaced.toString()).isZero();
    assertThat(replaced.err()).contains("it is replaced at ");
    assertThat(balance()).isEqualTo(zeroG("5"));
    assertThat(ledger.transfers(control.head().number())).hasSize(1);
  }

  /** Two machines that know nothing of each other, and an owner who deposits, transfers and asks back by hand. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void never_above_a_cap_never_against_a_refund_and_funded_while_money_is_there(long seed) throws IOException {
    Random random = new Random(seed);
    int ofDay = 6 + random.nextInt(10);
    Limits limits = new Limits(zeroG("2"), zeroG(3 + random.nextInt(3) + ".5"), zeroG(ofDay + ""),
        zeroG(ofDay + random.nextInt(12) + ""));
    List<Path> machines = List.of(policy("one.json", limits, ""), policy("two.json", limits, ""));
    once(machines.getFirst());
    int funded = check(limits, signed(machines));
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(9)) {
        case 0, 1, 2, 3 -> {
          ledger.lag = random.nextInt(4) == 0 ? 1 : 0;
          control.setAutomine(random.nextInt(4) > 0);
          onPause = () -> {
            if (random.nextBoolean()) {
              control.mine();
            }
          };
          once(machines.get(random.nextInt(2)));
          control.setAutomine(true);
          control.mine(1 + random.nextInt(CONFIRMATIONS));
        }
        case 4 -> fork(random);
        case 5 -> byHand(() -> contract.transfer(OWNER, PROVIDER.address(), AccountLedgerContract.INFERENCE,
            zeroG(1 + random.nextInt(2) + "")));
        case 6 -> {
          // What is asked back stays for a day, and nothing is funded meanwhile.
          if (random.nextInt(3) == 0) {
            byHand(() -> contract.retrieve(OWNER, AccountLedgerContract.INFERENCE, PROVIDER.address()));
          }
        }
        case 7 -> byHand(() -> contract.settle(PROVIDER, new Settlement(OWNER.address(),
            AccountLedgerContract.INFERENCE, zeroG(1 + random.nextInt(3) + ""), nonce++)));
        default -> control.increaseTime(Duration.ofHours(random.nextInt(14)));
      }
      funded = Math.max(funded, check(limits, signed(machines)));
    }
    assertThat(funded).as("fundings that were mined: " + String.join("\n", story)).isPositive();
    // Left alone, the ledger being up to date: what is wanted and allowed is there.
    ledger.lag = 0;
    onPause = control::mine;
    control.mine(CONFIRMATIONS + 1);
    Ended last = once(machines.getFirst());
    control.mine(CONFIRMATIONS + 1);
    Ended end = once(machines.getFirst());
    assertThat(end.out()).as(last + " " + end).containsAnyOf("enough: ", "is used up", "would undo refunds",
        "nothing is available");
    check(limits, signed(machines));
  }

  private void byHand(Supplier<Hash> operation) {
    contract.transactions().forgetNonces();
    try {
      var _ = contract.transactions().awaitMined(operation.get());
    } catch (RpcException e) {
      // The contract refuses it: there is not as much.
    }
  }

  /** Each transaction of the blocks that are replaced is mined again, or lost. */
  private void fork(Random random) {
    int depth = 1 + random.nextInt(CONFIRMATIONS);
    List<Replay> replays = new ArrayList<>();
    long head = control.head().number();
    for (int i = 0; i < depth; i++) {
      for (Hash each : control.block(BlockRef.number(head - depth + 1 + i)).transactions()) {
        // Those after a lost one of the same wallet could not be mined.
        if (replays.size() == i && random.nextBoolean()) {
          replays.add(new Replay(contract.transactions().signed(each), i));
        }
      }
    }
    control.reorg(depth, replays);
    contract.transactions().forgetNonces();
  }

  /** The hashes in the journals of the machines. */
  private static Set<Hash> signed(List<Path> machines) throws IOException {
    Set<Hash> signed = new HashSet<>();
    for (Path policy : machines) {
      Path journal = policy.resolveSibling(policy.getFileName() + ".journal");
      if (Files.exists(journal)) {
        for (String line : Files.readAllLines(journal)) {
          JsonNode hash = JsonMapper.shared().readTree(line).at("/signed/hash");
          hash.asStringOpt().map(Hash::parse).ifPresent(signed::add);
        }
      }
    }
    return signed;
  }

  /** @return how many transfers of auto-funding are on this branch */
  private int check(Limits limits, Set<Hash> signed) {
    List<Transfer> before = new ArrayList<>();
    int ofMachines = 0;
    for (Transfer each : ledger.transfers(control.head().number())) {
      before.add(each);
      if (!signed.contains(each.hash())) {
        continue;
      }
      ofMachines++;
      assertThat(sum(before)).as("transfers in all").isLessThanOrEqualTo(limits.capInAll());
      assertThat(sum(before.stream().filter(other -> day(other).equals(day(each))).toList()))
          .as("transfers of the day").isLessThanOrEqualTo(limits.capPerDay());
      assertThat(account(each.block().number() - 1).pendingRefund()).as("refunds that it meets")
          .isEqualTo(Neuron.ZERO);
    }
    return ofMachines;
  }

  private static Object day(Transfer transfer) {
    return transfer.block().time().atZone(ZoneOffset.UTC).toLocalDate();
  }

  private static Neuron sum(List<Transfer> transfers) {
    return transfers.stream().map(Transfer::amount).reduce(Neuron.ZERO, Neuron::plus);
  }
}
