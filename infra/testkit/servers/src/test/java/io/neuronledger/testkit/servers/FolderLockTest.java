package io.neuronledger.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder has one holder at a time, whose name the next one receives. */
class FolderLockTest {
  private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

  @Test
  void the_file_names_process_and_address(@TempDir Path folder) throws Exception {
    try (FolderLock lock = FolderLock.inside(folder.resolve("data"))) {
      lock.announce("http://127.0.0.1:8080");
      assertThat(Files.readAllLines(folder.resolve("data").resolve("ledger.lock")))
          .containsExactly("pid=" + OWN_PID, "api=http://127.0.0.1:8080");
    }
  }

  @Test
  void a_second_holder_is_refused_with_the_name_of_the_first(@TempDir Path folder) {
    try (FolderLock first = FolderLock.inside(folder)) {
      assertThatThrownBy(() -> FolderLock.inside(folder)).isInstanceOf(FolderInUse.class)
          .hasMessageContaining("process " + OWN_PID + ";");
      first.announce("http://127.0.0.1:8080");
      assertThatThrownBy(() -> FolderLock.inside(folder)).isInstanceOf(FolderInUse.class)
          .hasMessageContainingAll(folder.toString(), OWN_PID, "http://127.0.0.1:8080");
    }
  }

  /** Like the lock of a log file, which ends with the process. */
  @Test
  void an_unreferenced_lock_stays_held(@TempDir Path folder) {
    WeakReference<FolderLock> lock = new WeakReference<>(FolderLock.inside(folder));
    System.gc();
    assertThat(lock.get()).isNotNull();
    Objects.requireNonNull(lock.get()).close();
  }

  @Test
  void another_way_to_the_same_folder_is_the_same_lock(@TempDir Path folder) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("data")));
    try (FolderLock _ = FolderLock.inside(folder.resolve("data"))) {
      assertThatThrownBy(() -> FolderLock.inside(link)).isInstanceOf(FolderInUse.class);
    }
  }

  @Test
  void a_released_lock_is_free_again(@TempDir Path folder) {
    FolderLock first = FolderLock.beside(folder.resolve("pg"));
    first.close();
    first.close();
    try (FolderLock _ = FolderLock.beside(folder.resolve("pg"))) {
      assertThat(folder.resolve("pg.lock")).exists();
      assertThat(folder.resolve("pg")).doesNotExist();
    }
  }

  /** The logs in it can be read past every password. */
  @Test
  void a_new_folder_is_for_its_owner_only(@TempDir Path parent) throws IOException {
    Path folder = parent.resolve("data");
    try (FolderLock _ = FolderLock.inside(folder)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    }
  }
}
