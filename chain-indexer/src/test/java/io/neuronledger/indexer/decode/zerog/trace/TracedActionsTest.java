package io.neuronledger.indexer.decode.zerog.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.ServiceName;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.foundation.evm.Bloom;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.block.ChainTransaction;
import io.neuronledger.indexer.chain.block.Header;
import io.neuronledger.indexer.chain.block.LogEntry;
import io.neuronledger.indexer.decode.DecoderState;
import io.neuronledger.indexer.decode.zerog.contract.ContractCall;
import io.neuronledger.indexer.decode.zerog.contract.LogForm;
import io.neuronledger.indexer.decode.zerog.model.ContractModel;
import io.neuronledger.indexer.decode.zerog.model.ModelOverlay;
import io.neuronledger.indexer.decode.zerog.replay.action.ContractAction;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A wallet transfers and requests a refund in one transaction; the forms of its trace. */
class TracedActionsTest {
  private static final WalletAddress MANAGER = WalletAddress.parse("0x" + "a1".repeat(20));
  private static final WalletAddress SERVICE = WalletAddress.parse("0x" + "a2".repeat(20));
  private static final WalletAddress WALLET = WalletAddress.parse("0x" + "03".repeat(20));
  private static final WalletAddress PROVIDER = WalletAddress.parse("0x" + "51".repeat(20));
  private static final Hash TRANSACTION = new Hash("0x" + "77".repeat(32));
  private static final Header BLOCK = new Header(5, new Hash("0x" + "55".repeat(32)),
      new Hash("0x" + "44".repeat(32)), Instant.EPOCH, Bloom.ofKeys(Set.of()), 1, List.of(new ChainTransaction(
          TRANSACTION, 0, WALLET, Optional.of(WALLET), Neuron.ZERO, "0x")));
  private static final WatchedContracts FOLLOWED =
      new WatchedContracts(MANAGER, Map.of(SERVICE, ServiceName.of("inference")));
  private static final String DEPOSIT = Signature.selector("depositFund()");
  private static final String TRANSFER = Signature.selector("transferFund(address,string,uint256)")
      + word(PROVIDER) + word(96) + word(1) + word(9) + "696e666572656e6365" + "0".repeat(46);

  private final LogEntry opened = entry(0, LogForm.BALANCE_UPDATED, word(7) + word(0));
  private final LogEntry more = entry(1, LogForm.BALANCE_UPDATED, word(8) + word(0));
  private final ContractModel model = new ContractModel(ModelOverlay.over(new DecoderState(Map.of())));

  private static String word(long value) {
    return "%064x".formatted(value);
  }

  private static String word(WalletAddress address) {
    return "0".repeat(24) + address.value().substring(2);
  }

  private static LogEntry entry(int index, LogForm form, String data) {
    return new LogEntry(SERVICE, List.of(form.topic(), "0x" + word(WALLET), "0x" + word(PROVIDER)), "0x" + data,
        BLOCK.number(), BLOCK.hash(), TRANSACTION, 0, index);
  }

  private static TraceStep.Log logged(LogEntry entry) {
    return new TraceStep.Log(entry.emitter(), entry.topics(), entry.data());
  }

  private static TraceStep.Call called(String input) {
    return new TraceStep.Call(WALLET, MANAGER, Neuron.ZERO, input, true);
  }

  /** The steps as {@code D} for a deposit, {@code T} for a transfer, and each log by its number. */
  private String order(List<TraceStep> steps, LogEntry... logs) {
    StringBuilder order = new StringBuilder();
    for (ContractAction action : TracedActions.of(steps, List.of(logs), FOLLOWED, model)) {
      switch (action) {
        case ContractAction.Logged entry -> order.append(entry.entry().index());
        case ContractAction.Called called ->
            order.append(called.call() instanceof ContractCall.TransferFund ? 'T' : 'D');
      }
    }
    return order.toString();
  }

  @Test
  void logs_stand_where_the_trace_has_them() {
    assertThat(order(List.of(called(TRANSFER), logged(opened), called(DEPOSIT), called(TRANSFER), logged(more)), opened,
        more)).isEqualTo("T0DT1");
  }

  @Test
  void a_log_that_only_the_trace_has_was_not_answered() {
    List<TraceStep> steps = List.of(called(TRANSFER), logged(opened), called(DEPOSIT), called(TRANSFER), logged(more));
    for (LogEntry[] answered : new LogEntry[][] {{}, {opened}, {more}}) {
      assertThatThrownBy(() -> order(steps, answered)).isInstanceOfSatisfying(RpcFailure.class,
          failure -> assertThat(failure.kind()).isEqualTo(RpcFailure.Kind.INCONSISTENT));
    }
    assertThatThrownBy(() -> order(List.of(logged(opened), logged(opened)), opened)).isInstanceOf(RpcFailure.class);
  }

  @Test
  void logs_of_other_contracts_are_not_missed() {
    TraceStep foreign = new TraceStep.Log(WALLET, opened.topics(), opened.data());
    TraceStep other = new TraceStep.Log(SERVICE, List.of("0x" + word(1)), "0x");
    TraceStep anonymous = new TraceStep.Log(SERVICE, List.of(), "0x");
    assertThat(order(List.of(foreign, called(TRANSFER), other, logged(opened), anonymous), opened)).isEqualTo("T0");
  }

  /** The order then follows from the known effects of the calls. */
  @Test
  void a_trace_with_missing_or_reordered_logs_does_not_place_them() {
    List<TraceStep> calls = List.of(called(TRANSFER), called(DEPOSIT), called(TRANSFER));
    assertThat(order(calls, opened, more)).isEqualTo("T0DT1");
    List<TraceStep> swapped = new ArrayList<>(List.of(logged(more), logged(opened)));
    swapped.addAll(calls);
    assertThat(order(swapped, opened, more)).isEqualTo("T0DT1");
    List<TraceStep> some = new ArrayList<>(List.of(logged(more)));
    some.addAll(calls);
    assertThat(order(some, opened, more)).isEqualTo("T0DT1");
  }

  /** A node with withLog, but without the position of a log among a frame's calls. */
  @Test
  void logs_without_a_position_are_placed_after_the_calls_that_emit_them() {
    String frames = """
        [{"txHash":"%1$s","result":{"type":"CALL","from":"%2$s","to":"%3$s","value":"0x0","input":"0x","calls":[
          {"type":"CALL","from":"%3$s","to":"%4$s","value":"0x0","input":"%5$s","calls":[
            {"type":"CALL","from":"%4$s","to":"%3$s","value":"0x0","input":"0x"}],
            "logs":[{"address":"%7$s","topics":["%8$s","%9$s","%10$s"],"data":"%11$s"}]},
          {"type":"CALL","from":"%3$s","to":"%4$s","value":"0x0","input":"%6$s"}]}}]"""
        .formatted(TRANSACTION, PROVIDER, WALLET, MANAGER, TRANSFER, DEPOSIT, SERVICE, opened.topics().get(0),
            opened.topics().get(1), opened.topics().get(2), opened.data());
    List<TraceStep> steps = Objects.requireNonNull(
        CallTracer.read(JsonMapper.shared().readTree(frames), BLOCK).get(TRANSACTION));
    assertThat(steps).noneMatch(TraceStep.Log.class::isInstance);
    assertThat(order(steps, opened)).isEqualTo("T0D");
  }

  /** A log of a price does not show where calls are: it must not be taken for one that a call emits. */
  @Test
  void a_price_is_placed_before_the_calls_that_follow_it() {
    LogEntry updated = new LogEntry(SERVICE, List.of(LogForm.SERVICE_UPDATED.topic(), "0x" + word(PROVIDER)),
        new AbiWriter().string("chatbot").string("").uint(70).uint(210).uint(1).string("model-a").string("").data(),
        BLOCK.number(), BLOCK.hash(), TRANSACTION, 0, 0);
    LogEntry removed = new LogEntry(SERVICE, List.of(LogForm.SERVICE_REMOVED.topic(), "0x" + word(PROVIDER)), "0x",
        BLOCK.number(), BLOCK.hash(), TRANSACTION, 0, 0);
    for (LogEntry price : List.of(updated, removed)) {
      assertThat(order(List.of(called(TRANSFER), called(DEPOSIT)), price, more)).isEqualTo("0T1D");
    }
  }

  @Test
  void a_malformed_log_is_left_for_replay_to_refuse() {
    LogEntry strange = entry(0, LogForm.BALANCE_UPDATED, word(7));
    assertThat(order(List.of(called(TRANSFER), called(DEPOSIT)), strange)).isEqualTo("TD0");
  }
}
