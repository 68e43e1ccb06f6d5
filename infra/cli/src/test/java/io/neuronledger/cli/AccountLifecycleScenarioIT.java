package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.neuronledger.cli.answer.ContractAnswers;
import io.neuronledger.cli.answer.LedgerApi;
import io.neuronledger.cli.answer.OwnerAnswer;
import io.neuronledger.cli.demo.LifeCycle;
import io.neuronledger.cli.stack.Stack;
import io.neuronledger.cli.stack.StackOptions;
import io.neuronledger.cli.stack.chain.DevChain;
import io.neuronledger.client.TokenSource;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.BlockHeader;
import io.neuronledger.testkit.devchain.transaction.DevWallet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Sign;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The life cycle of a ledger from its first deposit to closing and reopening, through the real stack. */
class AccountLifecycleScenarioIT {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** The compared answers, to be compared again after a restart. */
  private record Moment(BlockHeader block, List<OwnerAnswer> expected) {}

  @Test
  void every_step_is_answered_to_the_neuron_and_still_is_by_a_copy_of_the_data_folder(@TempDir Path folder)
      throws Exception {
    StackOptions options = StackOptions.temporary().withDataDir(folder.resolve("data"));
    List<Moment> moments = new ArrayList<>();
    try (Stack stack = Stack.start(options)) {
      DevChain chain = stack.devChain().orElseThrow();
      LedgerApi ledger = stack.api();
      ContractAnswers contract = new ContractAnswers(chain.contract().views());
      new LifeCycle(chain.node().control(), chain.contract(), (name, block, expected) -> {
        for (OwnerAnswer owner : expected) {
          assertThat(contract.ownerAt(owner.owner(), block)).as("contract: %s", name).isEqualTo(owner);
          assertThat(ledger.ownerAt(owner.owner(), block.number())).as("ledger: %s", name).isEqualTo(owner);
        }
        moments.add(new Moment(block, expected));
      }).play();
    }
    copy(folder.resolve("data"), folder.resolve("copy"));
    try (Stack stack = Stack.start(options.withDataDir(folder.resolve("copy")).withLock())) {
      LedgerApi ledger = stack.api();
      assertThat(moments).hasSize(15);
      for (Moment moment : moments) {
        for (OwnerAnswer owner : moment.expected()) {
          assertThat(ledger.ownerAt(owner.owner(), moment.block().number())).isEqualTo(owner);
        }
      }
      assertThat(ledger.get("/actuator/health").body()).as("the health of the data folder's disk")
          .contains("\"path\":\"" + folder.resolve("copy"));
      goesOn(stack, moments.getLast().expected().getFirst().owner());
      readsItsOwn(stack, moments.getLast().expected().getFirst().owner());
      endsTheDevelopmentKeyBefore(stack);
    }
  }

  /** As each start of {@code up} does it: a stolen key is good until then. */
  private static void endsTheDevelopmentKeyBefore(Stack stack) {
    String first = stack.developmentKey().orElseThrow().secret();
    LedgerApi stolen = new LedgerApi(stack.query().url(), () -> Optional.of(first));
    assertThat(stolen.get("/v1/ledgers").statusCode()).isEqualTo(200);
    String next = stack.developmentKey().orElseThrow().secret();
    await().atMost(Duration.ofSeconds(30)).until(() -> stolen.get("/v1/ledgers").body().contains("credential-invalid"));
    assertThat(new LedgerApi(stack.query().url(), () -> Optional.of(next)).get("/v1/ledgers").statusCode())
        .isEqualTo(200);
  }

  /** An owner signs in with its wallet and reads its own ledger, and no other one. */
  private static void readsItsOwn(Stack stack, WalletAddress owner) {
    DevWallet wallet = IntStream.range(0, DevWallet.FUNDED).mapToObj(DevWallet::funded)
        .filter(each -> each.address().equals(owner)).findFirst().orElseThrow();
    LedgerApi open = new LedgerApi(stack.command().url(), TokenSource.none());
    JsonNode offer = JSON.readTree(open.post("/v1/sign-in/nonces").body());
    String message = """
        %s wants you to sign in with your Ethereum account:
        %s

        I read my ledger.

        URI: %s
        Version: 1
        Chain ID: %s
        Nonce: %s
        Issued At: %s""".formatted(offer.path("domain").asString(), owner.checksummed(), offer.path("uri").asString(),
        offer.path("chain_id").asString(), offer.path("nonce").asString(), Instant.now());
    Sign.SignatureData signature = Sign.signPrefixedMessage(message.getBytes(StandardCharsets.UTF_8),
        wallet.credentials().getEcKeyPair());
    String hex = "0x" + HexFormat.of().formatHex(signature.getR()) + HexFormat.of().formatHex(signature.getS())
        + HexFormat.of().formatHex(signature.getV());
    LedgerApi.Answer signedIn = open.post("/v1/sign-in",
        JSON.writeValueAsString(Map.of("message", message, "signature", hex)));
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(200);
    String token = JSON.readTree(signedIn.body()).path("access_token").asString();
    LedgerApi own = new LedgerApi(stack.query().url(), () -> Optional.of(token));
    assertThat(own.get("/v1/ledgers/" + owner).statusCode()).isEqualTo(200);
    assertThat(own.get("/v1/ledgers/" + WalletAddress.ZERO).body()).contains("foreign-owner");
    assertThat(own.get("/v1/ledgers").body()).contains("insufficient-scope");
  }

  /** With owners and modes, and without the original: as docs/operations.md backs a data folder up. */
  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start().waitFor()).isZero();
    Files.move(from, from.resolveSibling("lost"));
  }

  /** The chain, its clock and the ledger resume where they stopped. */
  private static void goesOn(Stack stack, WalletAddress alice) {
    DevChain chain = stack.devChain().orElseThrow();
    chain.node().control().mine();
    BlockHeader head = chain.node().control().head();
    OwnerAnswer contract = new ContractAnswers(chain.contract().views()).ownerAt(alice, head);
    assertThat(contract.open()).isTrue();
    assertThat(stack.api().ownerAt(alice, head.number())).isEqualTo(contract);
  }
}
