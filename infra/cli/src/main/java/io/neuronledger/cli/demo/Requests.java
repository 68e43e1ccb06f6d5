package io.neuronledger.cli.demo;

import static io.neuronledger.testkit.devchain.contract.AccountLedgerContract.INFERENCE;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.usage.ModelName;
import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.usage.RequestId;
import io.neuronledger.contracts.usage.Units;
import io.neuronledger.contracts.usage.UsageReport;
import io.neuronledger.contracts.usage.UsageSource;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests of several wallets to three providers with four models, one per second. */
record Requests(List<UsageReport> all) {
  private static final Neuron INPUT = Neuron.parse("4938271605557");
  private static final Neuron CACHED = Neuron.parse("493827160555");
  private static final Neuron OUTPUT = Neuron.parse("14814814816669");
  private static final Neuron SECOND = Neuron.parse("533333333333337");
  private static final Neuron IMAGE = Neuron.parse("50000000000000001");

  Requests {
    all = List.copyOf(all);
  }

  /** @param until the latest time of completion, exclusive */
  static Requests before(Instant until, int count, List<WalletAddress> owners, List<WalletAddress> providers) {
    return new Requests(IntStream.range(0, count).mapToObj(i -> request(i, until.minusSeconds(count - (long) i),
        owners.get(i / providers.size() % owners.size()), providers.get(i % providers.size()), i % providers.size()))
        .toList());
  }

  private static UsageReport request(int i, Instant when, WalletAddress owner, WalletAddress provider, int kind) {
    Units units = switch (kind) {
      case 0 -> new Units.Tokens(1_000 + 37L * i, 11L * i, 300 + 13L * i, INPUT, CACHED, OUTPUT);
      case 1 -> new Units.Seconds(30 + i % 90, SECOND);
      default -> new Units.Images(1 + i % 4, IMAGE);
    };
    String model = switch (kind) {
      case 0 -> i % 2 == 0 ? "glm-5-fp8" : "qwen3-vl-30b";
      case 1 -> "whisper-large-v3";
      default -> "flux-turbo";
    };
    return new UsageReport(RequestId.of(String.format(Locale.ROOT, "req-%04d", i)), owner, provider, INFERENCE,
        ModelName.of(model), units, units.fee().orElseThrow(), when, UsageSource.DIRECT, Optional.empty());
  }

  /** What the providers ask, in their order: the first one also serves another model at the same price. */
  static List<ServicePrice> prices() {
    return List.of(price("chatbot", "glm-5-fp8", INPUT, OUTPUT, "{\"cacheTokenBilling\":{\"divisor\":10}}"),
        price("speech-to-text", "whisper-large-v3", Neuron.ZERO, SECOND, ""),
        price("text-to-image", "flux-turbo", Neuron.ZERO, IMAGE, ""));
  }

  private static ServicePrice price(String serviceType, String model, Neuron input, Neuron output, String info) {
    return new ServicePrice(serviceType, "https://" + serviceType + ".example/v1", Optional.of(model), input,
        Optional.of(output), Optional.of("TeeML"), Optional.of(info));
  }

  Requests of(WalletAddress provider) {
    return new Requests(all.stream().filter(each -> each.provider().equals(provider)).toList());
  }

  Requests by(WalletAddress owner) {
    return new Requests(all.stream().filter(each -> each.owner().equals(owner)).toList());
  }

  Requests without(UsageReport one) {
    return new Requests(all.stream().filter(each -> !each.equals(one)).toList());
  }

  /** The first half by time of completion. */
  Requests firstHalf() {
    return new Requests(all.subList(0, all.size() / 2));
  }

  Requests secondHalf() {
    return new Requests(all.subList(all.size() / 2, all.size()));
  }

  int count() {
    return all.size();
  }

  /** The sum of the fees. */
  Neuron fees() {
    return new Neuron(all.stream().map(each -> each.fee().value()).reduce(BigInteger.ZERO, BigInteger::add));
  }

  NeuronSum feeSum() {
    return NeuronSum.of(fees());
  }
}
