package io.neuronledger.query.export.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.access.caller.Caller;
import io.neuronledger.foundation.partitionlog.TopicJson;
import io.neuronledger.query.export.ExportLimits;
import io.neuronledger.testkit.servers.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A process that is killed between any two steps of an export leaves it whole or failed, for another process too. */
class KilledExportIT {
  private static final int CHARACTERS = 200_000;
  private static final int HEAP_MEGABYTES = 64;

  @TempDir
  private Path folder;

  private static ExportFolder in(Path folder) {
    return new ExportFolder(folder, TopicJson.MAPPER, Clock.systemUTC());
  }

  /** The process to kill. It says each step, and goes on after a line. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws IOException {
      Instant now = Instant.now();
      StoredExport export = new StoredExport(StoredExport.Maker.of(Caller.LOCAL), List.of(),
          new ExportView(UUID.fromString(arguments[1]), ExportView.State.WAITING, "/v1/services",
              ExportView.Format.CSV, Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty(),
              Optional.empty(), now, now.plus(Duration.ofHours(1)), Optional.empty()));
      try (ExportFolder.Writing writing = in(Path.of(arguments[0])).create(export);
          ExportContent content = new ExportContent(writing.part(), writing.content(),
              new ExportLimits(DataSize.ofMegabytes(1), DataSize.ofBytes(0)))) {
        step();
        content.write("a".repeat(CHARACTERS).getBytes(StandardCharsets.US_ASCII));
        step();
        String digest = content.publish();
        step();
        writing.store(writing.view().completed("services-1.csv", 1, content.bytes(), digest));
        step();
      }
    }

    private static void step() throws IOException {
      System.out.write('.');
      System.out.flush();
      if (System.in.read() < 0) {
        throw new IOException("nobody waits");
      }
    }
  }

  @Test
  void it_is_whole_or_failed_whenever_its_writer_is_killed() throws IOException, InterruptedException {
    for (int steps = 1; steps <= 4; steps++) {
      UUID id = UUID.randomUUID();
      List<String> command = JavaCommand.shortLived(HEAP_MEGABYTES);
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Writer.class.getName(), folder.toString(),
          id.toString()));
      Process writer = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      for (int step = 1; step < steps; step++) {
        assertThat(writer.getInputStream().read()).isEqualTo('.');
        writer.getOutputStream().write('\n');
        writer.getOutputStream().flush();
      }
      assertThat(writer.getInputStream().read()).isEqualTo('.');
      boolean isWhole = steps == 4;
      assertThat(in(folder).find(id).orElseThrow().view().hasEnded()).as("step %d", steps).isEqualTo(isWhole);
      assertThat(writer.destroyForcibly().waitFor()).isNotZero();
      ExportView left = in(folder).find(id).orElseThrow().view();
      assertThat(left.state()).as("step %d", steps)
          .isEqualTo(isWhole ? ExportView.State.COMPLETED : ExportView.State.FAILED);
      if (isWhole) {
        assertThat(in(folder).content(id)).hasSize(CHARACTERS);
      }
    }
  }
}
