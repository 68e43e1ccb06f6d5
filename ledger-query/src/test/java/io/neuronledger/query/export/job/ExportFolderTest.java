package io.neuronledger.query.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.value.Hash;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.contracts.view.AsOf;
import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.access.caller.Scope;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.query.export.ExportLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Exports on disk: whole or not there, whoever ends when. */
class ExportFolderTest {
  private static final Instant NOW = Instant.parse("2026-12-01T08:00:00Z");
  private static final Duration KEPT = Duration.ofHours(1);
  private static final AsOf AS_OF = new AsOf(33, new Hash("0x" + "ab".repeat(32)), NOW, true, Optional.empty(), false);
  private static final Caller CALLER = new Caller("alice", Caller.Credential.OIDC_TOKEN, Set.of(Scope.FINANCE_READ),
      Optional.empty(), Optional.empty());

  @TempDir
  private Path folder;

  private ExportFolder at(Instant now) {
    return new ExportFolder(folder, TopicJson.MAPPER, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static StoredExport export() {
    return new StoredExport(StoredExport.Maker.of(CALLER), List.of(Set.of(Scope.FINANCE_READ)),
        new ExportView(UUID.randomUUID(), ExportView.State.WAITING, "/v1/settlements", ExportView.Format.CSV,
            Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), NOW,
            NOW.plus(KEPT), Optional.empty()));
  }

  private static ExportContent content(ExportFolder.Writing writing, long bytesMax, long freeMin) throws IOException {
    return new ExportContent(writing.part(), writing.content(),
        new ExportLimits(DataSize.ofBytes(bytesMax), DataSize.ofBytes(freeMin)));
  }

  @Test
  void what_is_stored_is_found() throws IOException {
    ExportFolder exports = at(NOW);
    StoredExport stored = export();
    UUID id = stored.view().id();
    try (ExportFolder.Writing writing = exports.create(stored)) {
      assertThat(exports.find(id)).contains(stored);
      writing.store(writing.view().running(AS_OF));
      assertThat(exports.find(id).orElseThrow().view().state()).isEqualTo(ExportView.State.RUNNING);
      try (ExportContent content = content(writing, 10, 0)) {
        content.write("0123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(exports.content(id)).doesNotExist();
        writing.store(writing.view().completed("settlements-33.csv", 1, content.bytes(), content.publish()));
      }
    }
    StoredExport found = at(NOW).find(id).orElseThrow();
    assertThat(found.view().asOf()).contains(AS_OF);
    assertThat(found.view().bytes()).hasValue(10);
    assertThat(found.view().sha256()).contains("84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882");
    assertThat(exports.content(id)).hasContent("0123456789");
    assertThat(exports.all()).containsExactly(found);
    assertThat(exports.find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void an_open_export_that_nobody_writes_has_failed() throws IOException {
    ExportFolder ended = at(NOW);
    StoredExport stored = export();
    ExportFolder.Writing writing = ended.create(stored);
    try (ExportContent content = content(writing, 10, 0)) {
      content.write('a');
      Files.copy(writing.part(), folder.resolve("left"));
    }
    Files.move(folder.resolve("left"), writing.part());
    writing.close();
    ExportView found = at(NOW).find(stored.view().id()).orElseThrow().view();
    assertThat(found.state()).isEqualTo(ExportView.State.FAILED);
    assertThat(found.failure().orElseThrow().detail()).isEqualTo(
        "the instance that wrote it has ended; ask for it again");
    assertThat(writing.part()).doesNotExist();
    assertThat(at(NOW).content(stored.view().id())).doesNotExist();
  }

  @Test
  void an_export_that_another_instance_writes_is_open() throws IOException {
    StoredExport stored = export();
    try (ExportFolder.Writing _ = at(NOW).create(stored)) {
      assertThat(at(NOW).find(stored.view().id())).contains(stored);
    }
  }

  @Test
  void nothing_is_left_of_an_export_whose_state_cannot_be_stored() throws IOException {
    StoredExport stored = export();
    Path place = folder.resolve(stored.view().id().toString());
    ExportFolder exports = new ExportFolder(folder, new InTheWay(place), Clock.fixed(NOW, ZoneOffset.UTC));
    assertThatThrownBy(() -> exports.create(stored)).isInstanceOf(IOException.class);
    assertThat(place).doesNotExist();
    try (ExportFolder.Writing _ = exports.create(stored)) {
      assertThat(exports.find(stored.view().id())).contains(stored);
    }
  }

  /** Makes something, once, where a state is to be stored. */
  private static final class InTheWay extends JsonMapper {
    private static final long serialVersionUID = 1;

    private final transient Path place;
    private boolean isMade;

    private InTheWay(Path place) {
      super(TopicJson.MAPPER.rebuild());
      this.place = place;
    }

    @Override
    public byte[] writeValueAsBytes(Object value) {
      if (!isMade) {
        isMade = true;
        make();
      }
      return super.writeValueAsBytes(value);
    }

    private void make() {
      try {
        Files.createDirectory(place.resolve("export.json"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void an_export_is_kept_until_its_time_and_then_removed() throws IOException {
    StoredExport stored = export();
    UUID id = stored.view().id();
    try (ExportFolder.Writing writing = at(NOW).create(stored)) {
      writing.store(writing.view().failed(new ExportView.Failure("deadline-exceeded", "too long")));
    }
    Files.createDirectory(folder.resolve("not-an-export"));
    Instant before = NOW.plus(KEPT).minusMillis(1);
    at(before).removeExpired();
    assertThat(at(before).find(id)).isPresent();
    assertThat(at(NOW.plus(KEPT)).find(id)).isEmpty();
    assertThat(at(NOW.plus(KEPT)).all()).isEmpty();
    at(NOW.plus(KEPT)).removeExpired();
    assertThat(folder.resolve(id.toString())).doesNotExist();
    assertThat(folder.resolve("not-an-export")).exists();
  }

  @Test
  void a_state_that_cannot_be_read_is_in_the_way_of_no_other_export() throws IOException {
    StoredExport stored = export();
    Path unreadable = folder.resolve(UUID.randomUUID().toString());
    Files.createDirectories(unreadable.resolve("export.json"));
    try (ExportFolder.Writing writing = at(NOW).create(stored)) {
      writing.store(writing.view().failed(new ExportView.Failure("deadline-exceeded", "too long")));
    }
    assertThat(at(NOW).all()).extracting(each -> each.view().id()).containsExactly(stored.view().id());
    at(NOW.plus(KEPT)).removeExpired();
    assertThat(folder.resolve(stored.view().id().toString())).doesNotExist();
    assertThat(unreadable).exists();
  }

  @Test
  void an_expired_export_that_nobody_writes_is_removed_where_no_state_can_be_stored() throws IOException {
    StoredExport stored = export();
    Path place = folder.resolve(stored.view().id().toString());
    ExportFolder.Writing writing = at(NOW).create(stored);
    Files.createDirectory(place.resolve("export.json.next"));
    at(NOW.plus(KEPT)).removeExpired();
    assertThat(place).as("somebody writes it").exists();
    writing.close();
    assertThat(at(NOW.plus(KEPT)).all()).isEmpty();
    at(NOW.plus(KEPT)).removeExpired();
    assertThat(place).doesNotExist();
  }

  @Test
  void an_export_is_removed_also_while_its_writer_stores_something() throws IOException {
    StoredExport stored = export();
    Path place = folder.resolve(stored.view().id().toString());
    try (ExportFolder.Writing _ = at(NOW).create(stored)) {
      Files.createFile(place.resolve("stored-between-two-steps"));
      at(NOW).remove(stored.view().id());
      assertThat(at(NOW).find(stored.view().id())).isEmpty();
    }
  }

  @Test
  void a_folder_without_a_state_is_removed_after_an_hour() throws IOException {
    Path place = Files.createDirectory(folder.resolve(UUID.randomUUID().toString()));
    Files.setLastModifiedTime(place, FileTime.from(NOW));
    at(NOW.plus(Duration.ofHours(1))).removeExpired();
    assertThat(place).exists();
    at(NOW.plus(Duration.ofHours(1)).plusMillis(1)).removeExpired();
    assertThat(place).doesNotExist();
  }

  @Test
  void a_state_that_is_none_is_no_export() throws IOException {
    UUID id = UUID.randomUUID();
    Files.writeString(Files.createDirectory(folder.resolve(id.toString())).resolve("export.json"), "{\"half");
    assertThat(at(NOW).find(id)).isEmpty();
    assertThat(at(NOW).all()).isEmpty();
  }

  @Test
  void an_export_has_no_more_bytes_than_its_limit() throws IOException {
    try (ExportFolder.Writing writing = at(NOW).create(export()); ExportContent content = content(writing, 3, 0)) {
      content.write(new byte[3]);
      assertThatThrownBy(() -> content.write('a')).isInstanceOf(Refusal.class)
          .hasMessage("an export has at most 3 bytes: narrow the filter");
    }
  }

  @Test
  void what_must_stay_free_on_the_disk_stays_free() throws IOException {
    try (ExportFolder.Writing writing = at(NOW).create(export());
        ExportContent content = content(writing, 3, Long.MAX_VALUE)) {
      content.write('a');
      assertThatThrownBy(content::publish).isInstanceOf(Refusal.class)
          .hasMessageContaining("are free on the disk of the exports");
    }
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.map(Path::getFileName).map(Path::toString)).doesNotContain("content", "content.part");
    }
  }

  @Test
  void only_its_maker_reads_it_while_the_credential_is_good_for_the_list() {
    StoredExport stored = export();
    assertThat(stored.mayRead(CALLER)).isTrue();
    assertThat(stored.isSeenBy(CALLER)).isTrue();
    Caller weaker = caller("alice", Caller.Credential.OIDC_TOKEN, Scope.LEDGER_READ);
    assertThat(stored.mayRead(weaker)).isFalse();
    assertThat(stored.isSeenBy(weaker)).isTrue();
    for (Caller other : List.of(caller("bob", Caller.Credential.OIDC_TOKEN, Scope.FINANCE_READ),
        caller("alice", Caller.Credential.API_KEY, Scope.FINANCE_READ),
        new Caller("alice", Caller.Credential.OIDC_TOKEN, Set.of(Scope.FINANCE_READ),
            Optional.of(WalletAddress.ZERO), Optional.empty()))) {
      assertThat(stored.isSeenBy(other)).as("%s", other).isFalse();
      assertThat(stored.mayRead(other)).as("%s", other).isFalse();
    }
    Caller admin = caller("root", Caller.Credential.OIDC_TOKEN, Scope.ADMIN);
    assertThat(stored.isSeenBy(admin)).isTrue();
    assertThat(stored.mayRead(admin)).isFalse();
  }

  private static Caller caller(String subject, Caller.Credential credential, Scope scope) {
    return new Caller(subject, credential, Set.of(scope), Optional.empty(), Optional.empty());
  }
}
