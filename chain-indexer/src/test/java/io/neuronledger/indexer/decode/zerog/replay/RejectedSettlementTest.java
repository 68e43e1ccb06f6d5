package io.neuronledger.indexer.decode.zerog.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.neuronledger.contracts.event.ChainEvent;
import io.neuronledger.contracts.event.RejectionReason;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.SettlementNonce;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.chain.ChainNodes;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.Reading;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.AccountKey;
import io.neuronledger.indexer.decode.zerog.model.AccountState;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.LedgerState;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.model.ServiceInfo;
import io.neuronledger.indexer.decode.zerog.price.AdditionalInfo;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import io.neuronledger.indexer.decode.zerog.replay.action.InvariantViolation;
import io.neuronledger.indexer.decode.zerog.replay.action.TransactionActions;
import io.neuronledger.indexer.decode.zerog.settlement.ProviderService;
import io.neuronledger.indexer.decode.zerog.settlement.SignerState;
import io.neuronledger.indexer.decode.zerog.state.CodeReader;
import io.neuronledger.indexer.rpc.Backoff;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** One item of a settlement is rejected: the reason follows from its status, the call and the model before it. */
class RejectedSettlementTest {
  /** Of a node that is never asked. */
  private static final CodeCheck CODE_CHECK = new CodeCheck(new Implementations(Set.of(), false), new CodeReader(
      WalletAddress.ZERO, ChainNodes.at(List.of(URI.create("http://127.0.0.1:1")), HttpClient.newHttpClient(),
          new ChainAccess(new RpcLimits(Duration.ofSeconds(1), 1, 1), 1, false),
          new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), new SplittableRandom(1)), Clock.systemUTC(),
          new SimpleMeterRegistry()).current()));
  private static final WalletAddress MANAGER = wallet("a1");
  private static final WalletAddress INFERENCE = wallet("a2");
  private static final WalletAddress OTHER_SERVICE = wallet("a3");
  private static final WalletAddress USER = wallet("01");
  private static final WalletAddress PROVIDER = wallet("51");
  private static final WalletAddress OTHER_PROVIDER = wallet("52");
  private static final WalletAddress SENDER = wallet("61");
  private static final WalletAddress WALLET = wallet("62");
  private static final Hash TRANSACTION = new Hash("0x" + "77".repeat(32));
  private static final BlockRef BLOCK = new BlockRef(5, new Hash("0x" + "55".repeat(32)), Instant.EPOCH);

  private final ContractModel model = new ContractModel(ModelOverlay.over(new DecoderState(Map.of())));
  private final Map<ProviderService, SignerState> signers = new HashMap<>();

  RejectedSettlementTest() {
    model.put(INFERENCE, new ServiceInfo(ServiceName.of("inference-v1.0"), Duration.ofDays(1), Optional.empty()));
    model.put(OTHER_SERVICE, new ServiceInfo(ServiceName.of("fine-tuning-v1.0"), Duration.ofDays(1),
        Optional.empty()));
    model.put(USER, new LedgerState(BigInteger.TEN, BigInteger.TEN));
  }

  private static WalletAddress wallet(String digits) {
    return WalletAddress.parse("0x" + digits.repeat(20));
  }

  private void hasSubAccount(WalletAddress service, WalletAddress provider) {
    model.put(new AccountKey(service, USER, provider), new AccountState(Neuron.ZERO, true, List.of()));
  }

  private void signer(SignerState state) {
    signers.put(new ProviderService(INFERENCE, PROVIDER), state);
  }

  private static ContractAction.Called asks(WalletAddress caller, WalletAddress named) {
    return new ContractAction.Called(INFERENCE, caller, new ContractCall.Settle(List.of(
        new ContractCall.Item(USER, named, Neuron.ZERO, new SettlementNonce(BigInteger.ONE), Optional.empty()))),
        false);
  }

  /** The answer of the contract to the call. */
  private RejectionReason seen(int status, ContractAction.Called call) {
    return rejected(status, call.caller(), INFERENCE, List.of(call));
  }

  /** A contract is called that makes further calls; only the log is visible. */
  private RejectionReason unseen(int status) {
    return rejected(status, SENDER, WALLET, List.of());
  }

  private RejectionReason rejected(int status, WalletAddress from, WalletAddress to, List<ContractAction> calls) {
    List<ContractAction> actions = new ArrayList<>(calls);
    actions.add(new ContractAction.Logged(new LogEntry(INFERENCE, List.of(LogForm.TEE_SETTLEMENT_RESULT.topic(),
        "0x" + "0".repeat(24) + USER.value().substring(2)), "0x" + "%064x".formatted(status) + "%064x".formatted(7),
        BLOCK.number(), BLOCK.hash(), TRANSACTION, 0, 0)));
    Replay replay = new Replay(MANAGER, model, BLOCK, Map.of(), signers, AdditionalInfo.UNKNOWN, CODE_CHECK,
        new NegativeBalances());
    replay.transactions(List.of(_ -> new TransactionActions(TRANSACTION, 0, from, Optional.of(to), actions)));
    replay.end();
    assertThat(replay.readings()).hasSize(1);
    ChainEvent.SettlementRejected event =
        (ChainEvent.SettlementRejected) ((Reading.Fact) replay.readings().getFirst()).event();
    assertThat(event.rejection().reason().status()).isEqualTo(status);
    assertThat(event.asked()).isEqualTo(Neuron.parse("7"));
    return event.rejection().known();
  }

  @Test
  void an_item_that_names_another_provider_is_a_mismatch() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(seen(2, asks(PROVIDER, OTHER_PROVIDER))).isEqualTo(RejectionReason.PROVIDER_MISMATCH);
  }

  @Test
  void an_item_that_names_its_caller_has_no_service() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(seen(2, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.SERVICE_NOT_REGISTERED);
  }

  @Test
  void without_the_call_a_mismatch_is_certain_only_where_there_is_no_sub_account() {
    hasSubAccount(OTHER_SERVICE, PROVIDER);
    assertThat(unseen(2)).isEqualTo(RejectionReason.PROVIDER_MISMATCH);
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(unseen(2)).isEqualTo(RejectionReason.PROVIDER_MISMATCH_OR_SERVICE_NOT_REGISTERED);
  }

  @Test
  void a_missing_sub_account_is_unknown_and_its_signature_was_not_checked() {
    hasSubAccount(INFERENCE, OTHER_PROVIDER);
    hasSubAccount(OTHER_SERVICE, PROVIDER);
    assertThat(seen(5, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.UNKNOWN_SUB_ACCOUNT);
    assertThat(rejected(5, PROVIDER, INFERENCE, List.of())).as("a call that cannot be read")
        .isEqualTo(RejectionReason.UNKNOWN_SUB_ACCOUNT);
  }

  @Test
  void where_there_is_a_sub_account_the_signature_is_bad() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(seen(5, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.INVALID_SIGNATURE);
    assertThat(rejected(5, PROVIDER, INFERENCE, List.of())).as("a call that cannot be read")
        .isEqualTo(RejectionReason.INVALID_SIGNATURE);
  }

  @Test
  void without_the_call_a_bad_signature_is_never_certain() {
    hasSubAccount(OTHER_SERVICE, PROVIDER);
    assertThat(unseen(5)).isEqualTo(RejectionReason.UNKNOWN_SUB_ACCOUNT);
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(unseen(5)).isEqualTo(RejectionReason.UNKNOWN_SUB_ACCOUNT_OR_INVALID_SIGNATURE);
  }

  @Test
  void the_signer_decides_which_acknowledgement_is_missing() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).as("not known").isEqualTo(RejectionReason.SIGNER_NOT_ACKNOWLEDGED);
    signer(SignerState.NOT_ACKNOWLEDGED);
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.SERVICE_NOT_ACKNOWLEDGED);
    signer(SignerState.ABSENT);
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.NO_SIGNER);
    signer(SignerState.ACKNOWLEDGED);
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).as("by what is known, both have")
        .isEqualTo(RejectionReason.SIGNER_NOT_ACKNOWLEDGED);
  }

  @Test
  void an_owner_who_has_not_acknowledged_the_provider_is_the_reason_whatever_the_signer() {
    model.put(new AccountKey(INFERENCE, USER, PROVIDER), new AccountState(Neuron.ZERO, false, List.of()));
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.OWNER_NOT_ACKNOWLEDGED);
    signer(SignerState.NOT_ACKNOWLEDGED);
    assertThat(seen(3, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.OWNER_NOT_ACKNOWLEDGED);
  }

  @Test
  void the_signer_of_another_provider_is_ignored() {
    hasSubAccount(INFERENCE, PROVIDER);
    hasSubAccount(INFERENCE, OTHER_PROVIDER);
    signer(SignerState.NOT_ACKNOWLEDGED);
    assertThat(seen(3, asks(OTHER_PROVIDER, OTHER_PROVIDER))).isEqualTo(RejectionReason.SIGNER_NOT_ACKNOWLEDGED);
    assertThat(unseen(3)).as("the caller is unknown").isEqualTo(RejectionReason.SIGNER_NOT_ACKNOWLEDGED);
  }

  @Test
  void a_nonce_that_is_not_new_is_one() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThat(seen(4, asks(PROVIDER, PROVIDER))).isEqualTo(RejectionReason.INVALID_NONCE);
    assertThat(unseen(4)).isEqualTo(RejectionReason.INVALID_NONCE);
  }

  @Test
  void an_unknown_status_is_an_invariant_violation() {
    hasSubAccount(INFERENCE, PROVIDER);
    assertThatThrownBy(() -> seen(6, asks(PROVIDER, PROVIDER))).isInstanceOf(InvariantViolation.class)
        .hasMessageContaining("a settlement has status 6");
  }
}
