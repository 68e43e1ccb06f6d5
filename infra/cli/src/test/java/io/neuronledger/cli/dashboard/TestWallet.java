package io.neuronledger.cli.dashboard;

import com.microsoft.playwright.BrowserContext;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.testkit.devchain.rpc.RpcException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A wallet in the browser (EIP-6963, EIP-1193) of somebody who allows everything but to sign in at another page than
 * the one that asks: what it is asked for, a node does, as one of a dev chain can, which has the keys of its accounts.
 */
final class TestWallet {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String ASKED = "askTestWallet";
  private static final String ANNOUNCE = """
      (() => {
        const provider = {
          request: async ({ method, params }) => {
            const { result, error } = JSON.parse(await window.askTestWallet(method, JSON.stringify(params ?? [])));
            if (error !== undefined) {
              throw Object.assign(new Error(error.message), error);
            }
            return result;
          },
          on: () => undefined, removeListener: () => undefined,
        };
        const detail = Object.freeze({ provider, info: Object.freeze({ uuid: '6a1f2b9e-0d3c-4c5e-9a7b-3f1e2d4c5b6a',
          name: 'Test wallet', icon: 'data:image/svg+xml,<svg/>', rdns: 'test.wallet' }) });
        const announce = () => window.dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
        window.addEventListener('eip6963:requestProvider', announce);
        announce();
      })()""";

  /** The user's refusal (EIP-1193). */
  private static final int REFUSED = 4_001;

  private final BiFunction<String, JsonNode, Object> node;
  private final WalletAddress account;
  private final List<String> asked = new ArrayList<>();

  /** @param node answers a method with its parameters */
  TestWallet(BiFunction<String, JsonNode, Object> node, WalletAddress account) {
    this.node = node;
    this.account = account;
  }

  /** The methods that it was asked for. */
  List<String> asked() {
    return List.copyOf(asked);
  }

  /** Puts it into the browser. */
  void into(BrowserContext context) {
    context.exposeBinding(ASKED, (source, arguments) -> JSON.writeValueAsString(answer(
        URI.create(source.page().url()).getAuthority(), (String) arguments[0],
        JSON.readTree((String) arguments[1]))));
    context.addInitScript(ANNOUNCE);
  }

  private Map<String, Object> answer(String host, String method, JsonNode parameters) {
    asked.add(method);
    if (method.equals("personal_sign") && !text(parameters.path(0)).startsWith(host + " wants you to sign in")) {
      return Map.of("error", Map.of("code", REFUSED, "message", "the message is not one of " + host));
    }
    try {
      return Map.of("result", switch (method) {
        case "eth_requestAccounts", "eth_accounts" -> List.of(account.checksummed());
        case "wallet_switchEthereumChain", "wallet_addEthereumChain" -> "";
        default -> node.apply(method, parameters);
      });
    } catch (RpcException e) {
      return Map.of("error", Map.of("code", -32_000, "message", String.valueOf(e.getMessage())));
    }
  }

  private static String text(JsonNode hex) {
    return new String(HexFormat.of().parseHex(hex.asString().substring(2)), StandardCharsets.UTF_8);
  }
}
