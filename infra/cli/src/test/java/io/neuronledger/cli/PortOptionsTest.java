package io.neuronledger.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.cli.stack.Ports;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The ports of a stack, by the given options. */
class PortOptionsTest {
  @Command(name = "up")
  private static final class Options {
    @Mixin
    private PortOptions ports = new PortOptions();
  }

  @Test
  void ports_are_fixed_by_default() {
    assertThat(ports()).isEqualTo(new Ports(8_080, 8_082, 8_081, 8_083, 19_092, 15_432, 18_545));
  }

  @Test
  void each_can_be_set() {
    assertThat(ports("--port", "1", "--command-port", "2", "--indexer-port", "3", "--kafka-port", "4",
        "--postgres-port",
        "5", "--issuer-port", "6", "--rpc-port", "65535")).isEqualTo(new Ports(1, 2, 3, 6, 4, 5, 65_535));
  }

  @Test
  void zero_means_free_ports_for_all_that_are_not_given() {
    assertThat(ports("--port", "0")).isEqualTo(Ports.FREE);
    assertThat(ports("--port", "0", "--kafka-port", "4")).isEqualTo(new Ports(0, 0, 0, 0, 4, 0, 0));
    assertThat(ports("--kafka-port", "0")).isEqualTo(new Ports(8_080, 8_082, 8_081, 8_083, 0, 15_432, 18_545));
  }

  @Test
  void an_invalid_port_is_refused() {
    assertThatThrownBy(() -> ports("--kafka-port", "65536")).isInstanceOf(ParameterException.class)
        .hasMessage("a port is 0 to 65535, not 65536");
    assertThatThrownBy(() -> ports("--rpc-port", "-1")).isInstanceOf(ParameterException.class);
  }

  private static Ports ports(String... arguments) {
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments);
    return options.ports.ports();
  }
}
