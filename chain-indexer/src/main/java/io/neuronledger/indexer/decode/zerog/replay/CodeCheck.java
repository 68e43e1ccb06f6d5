package io.neuronledger.indexer.decode.zerog.replay;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.indexer.chain.block.BlockRef;
import io.neuronledger.indexer.decode.zerog.code.Code;
import io.neuronledger.indexer.decode.zerog.code.CodeInUse;
import io.neuronledger.indexer.decode.zerog.state.CodeReader;
import io.neuronledger.indexer.rpc.call.RpcFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the code that the contracts run with the known implementations. */
public final class CodeCheck {
  private static final Logger log = LoggerFactory.getLogger(CodeCheck.class);

  private final Implementations implementations;
  private final CodeReader reader;

  public CodeCheck(Implementations implementations, CodeReader reader) {
    this.implementations = implementations;
    this.reader = reader;
  }

  /**
   * @return the unknown implementation with which later readings must be marked; empty where all code is known
   * @throws io.neuronledger.indexer.decode.CannotDecode if some code is unknown and the settings do not accept unknown
   *     code; the message names all unknown code, also of the other contracts and at the newest block
   */
  public Optional<WalletAddress> unverified(List<CodeInUse> used) {
    return unverified(used, List::of);
  }

  /** @param besides other code in use at the same block; read only where following stops */
  public Optional<WalletAddress> unverified(List<CodeInUse> used, Supplier<List<CodeInUse>> besides) {
    List<CodeInUse> unknown = new ArrayList<>(implementations.unknown(used));
    if (unknown.isEmpty()) {
      return Optional.empty();
    }
    if (implementations.goOn()) {
      log.warn("The contracts run unknown code; all later readings are marked as unverified:{}",
          Implementations.list(unknown));
      return Optional.of(unknown.getLast().code().address());
    }
    StringBuilder note = new StringBuilder();
    for (Supplier<List<CodeInUse>> source : List.of(besides, reader::newest)) {
      try {
        unknown.addAll(implementations.unknown(source.get()));
      } catch (RpcFailure failure) {
        note.append("\nThe code of the other contracts could not be read: ").append(failure.getMessage());
      }
    }
    throw implementations.refusal(unknown, note.toString());
  }

  /** Checks an implementation that a log names. */
  Optional<WalletAddress> unverified(WalletAddress implementation, BlockRef block, String contract) {
    if (implementations.knows(implementation)) {
      return Optional.empty();
    }
    Code code = reader.at(implementation, block);
    return unverified(List.of(new CodeInUse(code, contract)));
  }
}
