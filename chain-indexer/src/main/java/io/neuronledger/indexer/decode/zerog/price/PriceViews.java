package io.neuronledger.indexer.decode.zerog.price;

import io.neuronledger.contracts.price.ServicePrice;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.evm.AbiReader;
import io.neuronledger.foundation.evm.AbiWriter;
import io.neuronledger.indexer.chain.PinnedLists;
import io.neuronledger.indexer.decode.PublishedPrices;
import io.neuronledger.indexer.decode.zerog.contract.ServiceView;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The views of the serving contracts that return services: call input and answer decoding. */
final class PriceViews {
  private PriceViews() {}

  /** @throws IllegalArgumentException if the answer is of another provider, or does not match the ABI */
  static String additionalInfo(WalletAddress provider, String answer) {
    return inference(ServiceView.fields(provider, answer)).additionalInfo().orElseThrow();
  }

  static String services(int offset, int limit) {
    return new AbiWriter().uint(offset).uint(limit).call("getAllServices(uint256,uint256)");
  }

  static PinnedLists.Page<Map.Entry<WalletAddress, ServicePrice>> services(String answer) {
    AbiReader page = AbiReader.ofData(answer);
    return new PinnedLists.Page<>(page.list(list -> {
      AbiReader service = list.tuple();
      return Map.entry(service.address(), inference(service));
    }), page.integer());
  }

  private static ServicePrice inference(AbiReader fields) {
    return PublishedPrices.inference(fields).withAdditionalInfo(Optional.of(fields.text()));
  }

  static String fineTuningServices() {
    return new AbiWriter().call("getAllServices()");
  }

  static List<Map.Entry<WalletAddress, ServicePrice>> fineTuningServices(String answer) {
    return AbiReader.ofData(answer).list(list -> {
      AbiReader service = list.tuple();
      return Map.entry(service.address(), PublishedPrices.fineTuning(service));
    });
  }
}
