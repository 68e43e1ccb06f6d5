package io.neuronledger.contracts.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.neuronledger.contracts.value.ChainPosition;
import io.neuronledger.contracts.value.Excerpt;
import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chain fact that caused an account event: position, branch, time and evidence.
 *
 * @param evidence absent where the passing of block time is the cause ({@code RefundClaimable} at a seal)
 */
public record Cause(ChainPosition position, int branch, Hash blockHash, Instant blockTime,
    Optional<Evidence> evidence) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Cause of(Form form) {
    return form.cause();
  }

  @JsonValue
  Form form() {
    return Form.of(this);
  }

  /**
   * The JSON: the kind of its evidence shows in the properties that it has.
   *
   * @param at {@code <block>-<transaction>-<step>-<branch>}
   * @param transaction of a log or a call
   * @param log the log's index in the block; absent for a call
   * @param emitter of the log
   * @param trace the transaction of an inner call
   * @param snapshot the blocks from and to which two states differ
   * @param unexplained the same, for {@link Evidence.Unexplained}
   * @param unverified the implementation with unknown code; beside the evidence itself
   */
  public record Form(String at, Hash hash, Instant time, Optional<Hash> transaction, Optional<Integer> log,
      Optional<WalletAddress> emitter, Optional<Hash> trace, Optional<List<Long>> snapshot,
      Optional<List<Long>> unexplained, Optional<WalletAddress> unverified) {
    private static final int AT_PARTS = 4;

    static Form of(Cause cause) {
      ChainPosition position = cause.position();
      Form bare = new Form(
          position.block() + "-" + position.transaction() + "-" + position.step() + "-" + cause.branch(),
          cause.blockHash(), cause.blockTime(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
          Optional.empty(), Optional.empty(), Optional.empty());
      return cause.evidence().map(bare::with).orElse(bare);
    }

    private Form with(Evidence evidence) {
      return switch (evidence) {
        case Evidence.Log of -> new Form(at, hash, time, Optional.of(of.transactionHash()),
            Optional.of(of.logIndex()), Optional.of(of.emitter()), trace, snapshot, unexplained, unverified);
        case Evidence.Transaction of -> new Form(at, hash, time, Optional.of(of.transactionHash()), log, emitter,
            trace, snapshot, unexplained, unverified);
        case Evidence.Trace of -> new Form(at, hash, time, transaction, log, emitter,
            Optional.of(of.transactionHash()), snapshot, unexplained, unverified);
        case Evidence.Snapshot of -> new Form(at, hash, time, transaction, log, emitter, trace,
            Optional.of(List.of(of.fromBlock(), of.toBlock())), unexplained, unverified);
        case Evidence.Unexplained of -> new Form(at, hash, time, transaction, log, emitter, trace, snapshot,
            Optional.of(List.of(of.fromBlock(), of.toBlock())), unverified);
        case Evidence.Unverified of -> {
          Form known = with(of.evidence());
          yield new Form(at, hash, time, known.transaction, known.log, known.emitter, known.trace, known.snapshot,
              known.unexplained, Optional.of(of.implementation()));
        }
      };
    }

    Cause cause() {
      String[] parts = at.split("-", -1);
      if (parts.length != AT_PARTS) {
        throw new IllegalArgumentException("not a position and a branch: " + Excerpt.of(at));
      }
      return new Cause(new ChainPosition(Long.parseLong(parts[0]), Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2])), Integer.parseInt(parts[3]), hash, time, evidence());
    }

    private Optional<Evidence> evidence() {
      List<Evidence> known = Stream.of(transaction.map(this::call), trace.map(Evidence.Trace::new),
          snapshot.map(blocks -> new Evidence.Snapshot(blocks.getFirst(), blocks.getLast())),
          unexplained.map(blocks -> new Evidence.Unexplained(blocks.getFirst(), blocks.getLast())))
          .<Evidence>flatMap(Optional::stream).toList();
      if (known.size() > 1 || log.isPresent() != emitter.isPresent() || (log.isPresent() && transaction.isEmpty())
          || (known.isEmpty() && unverified.isPresent())) {
        throw new IllegalArgumentException("the evidence of " + at + " is of no kind");
      }
      return known.stream().findFirst()
          .map(evidence -> unverified.<Evidence>map(code -> new Evidence.Unverified(evidence, code)).orElse(evidence));
    }

    private Evidence call(Hash of) {
      return emitter.<Evidence>map(from -> new Evidence.Log(of, log.orElseThrow(), from))
          .orElseGet(() -> new Evidence.Transaction(of));
    }
  }
}
