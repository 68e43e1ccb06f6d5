package io.neuronledger.indexer.decode.zerog.price;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.Neuron;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.Signature;
import io.neuronledger.indexer.chain.PinnedLists;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The views of the serving contracts that return services: call input and answer decoding. */
final class PriceViews {
  static final String FINE_TUNING_SERVICES = Signature.selector("getAllServices()");
  private static final String SERVICE = Signature.selector("getService(address)");
  private static final String SERVICES = Signature.selector("getAllServices(uint256,uint256)");
  private static final String WORD = "%064x";
  private static final String ADDRESS_PADDING = "0".repeat(24);
  private static final int HEX_PREFIX = 2;

  private PriceViews() {}

  static String service(WalletAddress provider) {
    return SERVICE + ADDRESS_PADDING + provider.value().substring(HEX_PREFIX);
  }

  /** @throws IllegalArgumentException if the answer is of another provider, or does not match the ABI */
  static String additionalInfo(WalletAddress provider, String answer) {
    Map.Entry<WalletAddress, ServicePrice> service = inference(AbiReader.ofData(answer).tuple());
    if (!service.getKey().equals(provider)) {
      throw new IllegalArgumentException("not the requested service");
    }
    return service.getValue().additionalInfo().orElseThrow();
  }

  static String services(int offset, int limit) {
    return SERVICES + WORD.formatted(offset) + WORD.formatted(limit);
  }

  static PinnedLists.Page<Map.Entry<WalletAddress, ServicePrice>> services(String answer) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(list -> inference(list.tuple())), page.integer());
  }

  private static Map.Entry<WalletAddress, ServicePrice> inference(AbiReader service) {
    WalletAddress provider = service.address();
    String serviceType = service.text();
    String url = service.text();
    Neuron input = service.neuron();
    Neuron output = service.neuron();
    String model = service.skip(1).text();   // after the time of the update
    String verifiability = service.text();
    return Map.entry(provider, new ServicePrice(serviceType, url, Optional.of(model), input, Optional.of(output),
        Optional.of(verifiability), Optional.of(service.text())));
  }

  static List<Map.Entry<WalletAddress, ServicePrice>> fineTuningServices(String answer) {
    return AbiReader.ofData(answer).list(list -> {
      AbiReader service = list.tuple();
      WalletAddress provider = service.address();
      String url = service.text();
      Neuron perToken = service.skip(1).neuron();   // after the machine
      return Map.entry(provider, new ServicePrice("fine-tuning", url, Optional.empty(), perToken, Optional.empty(),
          Optional.empty(), Optional.empty()));
    });
  }
}
