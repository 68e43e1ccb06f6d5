package io.neuronledger.wallet.ledger;

import io.neuronledger.client.command.ApiClient;
import io.neuronledger.client.command.ApiException;
import io.neuronledger.client.command.api.SignInApi;
import io.neuronledger.client.command.model.SignInOffer;
import io.neuronledger.client.command.model.SignInRequest;
import io.neuronledger.wallet.chain.WalletKey;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Signs a wallet in at ledger-command (EIP-4361), to read its own ledger. The message is written here and names the
 * address that was typed: a service gets no signature for another one, and none that a chain would take.
 */
public final class WalletSignIn {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private final URI url;
  private final InstantSource clock;

  /** @param url of ledger-command, without a slash at its end */
  public WalletSignIn(URI url, InstantSource clock) {
    this.url = url;
    this.clock = clock;
  }

  /** @throws CommandFailure if the service offers a message for another address, or refuses the signature */
  public Credential as(WalletKey key) {
    SignInApi api = new SignInApi(new ApiClient(
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(DEADLINE),
        ApiClient.createDefaultObjectMapper(), url.toString()).setReadTimeout(DEADLINE));
    try {
      String message = message(api.makeSignInNonce(), key);
      return Credential.bearer(api.signIn(SignInApi.APISignInRequest.newBuilder()
          .signInRequest(new SignInRequest().message(message).signature(key.sign(message))).build())
          .getAccessToken());
    } catch (ApiException e) {
      throw e.getCode() == 0
          ? CommandFailure.failed("The sign-in at " + Printable.origin(url.toString()) + " does not answer.", e)
          : CommandFailure.failed("The sign-in at " + Printable.origin(url.toString()) + " answers " + e.getCode()
              + ", " + LedgerClient.detail(e.getResponseBody()) + ".", e);
    }
  }

  private String message(SignInOffer offer, WalletKey key) {
    if (!offer.getDomain().equals(url.getAuthority()) || !offer.getUri().equals(url + "/v1/sign-in")
        || !offer.getNonce().matches("[A-Za-z0-9]{8,128}") || !offer.getChainId().matches("\\d{1,20}")) {
      throw CommandFailure.refused("The sign-in at " + Printable.origin(url.toString()) + " asks for a signature for "
          + Printable.of(offer.getUri()) + ": nothing was signed.");
    }
    return String.join("\n", offer.getDomain() + " wants you to sign in with your Ethereum account:",
        key.address().checksummed(), "", "", "URI: " + offer.getUri(), "Version: 1",
        "Chain ID: " + offer.getChainId(), "Nonce: " + offer.getNonce(),
        "Issued At: " + clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}
