package io.neuronledger.testkit.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FreePortTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void a_found_port_is_none_that_the_system_gives_to_outgoing_connections() throws IOException {
    // The file can be read in one go only: it is at its end for the second read of readString.
    int firstOutgoing;
    try (BufferedReader range = Files.newBufferedReader(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))) {
      firstOutgoing = new Scanner(range).nextInt();
    }

    assertThat(Stream.generate(FreePort::find).limit(200)).allMatch(port -> port < firstOutgoing);
  }
}
