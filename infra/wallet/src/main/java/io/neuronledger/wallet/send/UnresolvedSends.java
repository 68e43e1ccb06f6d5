package io.neuronledger.wallet.send;

import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.wallet.chain.SignedTransaction;
import io.neuronledger.wallet.outcome.CommandFailure;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The signed transactions that the ledger has not shown, in a file of the user: a node that withholds one and names
 * another nonce gets no second signature for the same wish.
 */
final class UnresolvedSends {
  private static final String FILE = "unresolved-sends.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path folder;

  /** @param sender in lower case */
  record Send(long chainId, String sender, BigInteger nonce, String hash) {
    static Send of(SendSession session, BigInteger nonce, SignedTransaction signed) {
      return new Send(session.target().chainId(), session.owner().value(), nonce, signed.hash().value());
    }

    boolean isOf(long chain, WalletAddress wallet) {
      return chainId == chain && sender.equals(wallet.value());
    }
  }

  /** @param folder made where there is none yet */
  UnresolvedSends(Path folder) {
    this.folder = folder;
  }

  /** Those of a wallet on a chain. */
  List<Send> of(long chainId, WalletAddress sender) {
    return read().stream().filter(each -> each.isOf(chainId, sender)).toList();
  }

  /**
   * Keeps a transaction before it is sent.
   *
   * @throws CommandFailure if one of the wallet with another nonce has been kept meanwhile, or the file cannot be
   *     written
   */
  void add(Send send) {
    change(sends -> {
      if (sends.stream().anyMatch(each -> each.chainId() == send.chainId() && each.sender().equals(send.sender())
          && !each.nonce().equals(send.nonce()))) {
        throw CommandFailure.refused("Another transaction of this wallet was signed meanwhile: nothing was sent.");
      }
      return Stream.concat(sends.stream(), Stream.of(send)).distinct().toList();
    });
  }

  /** Drops a transaction, and with it those that have its nonce: only one of them is ever mined. */
  void resolve(Send resolved) {
    Predicate<Send> sameNonce = each -> each.chainId() == resolved.chainId() && each.sender().equals(resolved.sender())
        && each.nonce().equals(resolved.nonce());
    change(sends -> sends.stream().filter(sameNonce.negate()).toList());
  }

  @FunctionalInterface
  private interface Change {
    List<Send> of(List<Send> sends);
  }

  private void change(Change change) {
    try {
      Files.createDirectories(folder);
      try (FileChannel lock = FileChannel.open(folder.resolve(FILE + ".lock"),
          Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), mode());
          var _ = lock.lock()) {
        List<Send> changed = change.of(read());
        Path written = Files.createTempFile(folder, FILE, ".new", mode());
        Files.writeString(written, JSON.writeValueAsString(changed));
        Files.move(written, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw CommandFailure.refused("The file " + folder.resolve(FILE) + " of transactions that may still be mined "
          + "cannot be written, " + e.getMessage() + ": nothing was sent.");
    }
  }

  private List<Send> read() {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return new ArrayList<>(Arrays.asList(JSON.readValue(Files.readString(file), Send[].class)));
    } catch (IOException | JacksonException e) {
      throw CommandFailure.refused("The file " + file + " of transactions that may still be mined cannot be read: "
          + "nothing was signed.");
    }
  }

  /** For the user alone, where the file system knows of users. */
  private FileAttribute<?>[] mode() throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
        : new FileAttribute<?>[0];
  }

  /** Their hashes, for a sentence. */
  static String hashes(List<Send> sends) {
    return sends.stream().map(Send::hash).collect(Collectors.joining(", "));
  }
}
