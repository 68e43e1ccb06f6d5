package io.neuronledger.indexer.wiring.settings;

import io.neuronledger.indexer.chain.ChainAccess;
import io.neuronledger.indexer.rpc.http.RpcLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The nodes and the limits of requests. Environment: {@code NEURON_LEDGER_RPC_…}.
 *
 * @param urls HTTP(S) JSON-RPC endpoints, in order of preference; required
 * @param wsUrl a WebSocket endpoint whose {@code newHeads} end a wait early; optional
 * @param requestDeadline for one HTTP request, from sending it to the last byte of its answer
 * @param connectDeadline for opening a connection
 * @param callsPerRequestMax JSON-RPC calls in one HTTP request; fewer where the node refuses
 * @param blocksPerRangeMax blocks of one {@code eth_getLogs}; fewer where the node refuses
 * @param answerMegabytesMax a longer answer is refused, and the next request is smaller
 * @param bloomCheck whether an answer without logs is checked against the block's bloom
 * @param retryFirst the first wait after a failure; doubled with each failure in a row
 * @param retryMax the longest such wait
 * @param socketSilenceMax a WebSocket without new heads for so long, while the chain advances, is reopened
 */
@ConfigurationProperties("neuron-ledger.rpc")
public record RpcSettings(List<URI> urls, Optional<URI> wsUrl, Duration requestDeadline, Duration connectDeadline,
    int callsPerRequestMax, int blocksPerRangeMax, int answerMegabytesMax, boolean bloomCheck, Duration retryFirst,
    Duration retryMax, Duration socketSilenceMax) {
  private static final long MEGABYTE = 1 << 20;
  private static final String ENV = "NEURON_LEDGER_RPC_";

  public RpcSettings {
    urls = List.copyOf(urls);
    Setting.require(!urls.isEmpty(), ENV + "URLS", "must name at least one node, http://host:port", "empty");
    for (URI url : urls) {
      Setting.require(isUrl(url, "http"), ENV + "URLS", "must hold http or https URLs", redacted(url));
    }
    wsUrl = wsUrl.filter(url -> !url.toString().isEmpty());
    wsUrl.ifPresent(url ->
        Setting.require(isUrl(url, "ws"), ENV + "WS_URL", "must be a ws or wss URL, or empty", redacted(url)));
    Setting.positive(requestDeadline, ENV + "REQUEST_DEADLINE");
    Setting.positive(connectDeadline, ENV + "CONNECT_DEADLINE");
    Setting.between(callsPerRequestMax, 1, 10_000, ENV + "CALLS_PER_REQUEST_MAX");
    Setting.between(blocksPerRangeMax, 1, 1_000_000, ENV + "BLOCKS_PER_RANGE_MAX");
    Setting.between(answerMegabytesMax, 1, 1024, ENV + "ANSWER_MEGABYTES_MAX");
    Setting.positive(retryFirst, ENV + "RETRY_FIRST");
    Setting.require(retryMax.compareTo(retryFirst) >= 0, ENV + "RETRY_MAX",
        "must not be shorter than " + ENV + "RETRY_FIRST", retryMax);
    Setting.positive(socketSilenceMax, ENV + "SOCKET_SILENCE_MAX");
  }

  /** @param blockTimeTolerance how far ahead of this machine's clock a block may be */
  public IndexerSettings.Nodes nodes(Duration blockTimeTolerance) {
    RpcLimits limits = new RpcLimits(requestDeadline, callsPerRequestMax, answerMegabytesMax * MEGABYTE);
    return new IndexerSettings.Nodes(urls, wsUrl, socketSilenceMax,
        new ChainAccess(limits, blocksPerRangeMax, bloomCheck, blockTimeTolerance), connectDeadline, retryFirst,
        retryMax);
  }

  private static boolean isUrl(URI url, String scheme) {
    return url.getHost() != null && (scheme.equals(url.getScheme()) || (scheme + "s").equals(url.getScheme()));
  }

  /** A URL's path, query or user info may contain providers' keys. */
  private static String redacted(URI url) {
    return url.getScheme() + "://" + url.getHost() + "…";
  }
}
