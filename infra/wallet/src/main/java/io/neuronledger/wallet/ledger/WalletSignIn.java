package io.neuronledger.wallet.ledger;

import io.neuronledger.client.LedgerClient;
import io.neuronledger.client.LedgerClient.Services;
import io.neuronledger.client.ProblemException;
import io.neuronledger.client.TokenSource;
import io.neuronledger.client.command.ApiException;
import io.neuronledger.client.command.api.SignInApi;
import io.neuronledger.client.command.model.SignInOffer;
import io.neuronledger.client.command.model.SignInRequest;
import io.neuronledger.wallet.chain.WalletKey;
import io.neuronledger.wallet.outcome.CommandFailure;
import io.neuronledger.wallet.text.Printable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Signs a wallet in at ledger-command (EIP-4361), to read its own ledger. The message is written here and names the
 * address that was typed: a service gets no signature for another one, and none that a chain would take.
 */
public final class WalletSignIn {
  private final URI url;
  private final InstantSource clock;
  private final Consumer<Duration> pauses;

  /**
   * @param url of ledger-command, without a slash at its end
   * @param pauses waits for so long before a request is sent again
   */
  public WalletSignIn(URI url, InstantSource clock, Consumer<Duration> pauses) {
    this.url = url;
    this.clock = clock;
    this.pauses = pauses;
  }

  /** @throws CommandFailure if the service offers a message for another address, or refuses the signature */
  public TokenSource as(WalletKey key) {
    SignInApi api = new SignInApi(LedgerClient.of(
        new Services(Optional.empty(), Optional.of(url.toString()), Optional.empty()), TokenSource.none())
        .waitingBy(pauses).command());
    String shown = "The sign-in at " + Printable.origin(url.toString());
    try {
      String message = message(api.makeSignInNonce(), key);
      return Credential.bearer(api.signIn(SignInApi.APISignInRequest.newBuilder()
          .signInRequest(new SignInRequest().message(message).signature(key.sign(message))).build())
          .getAccessToken());
    } catch (ProblemException e) {
      throw CommandFailure.failed(shown + " answers " + LedgerReader.reason(e) + ".", e);
    } catch (UncheckedIOException | ApiException | NullPointerException e) {
      // The generated client takes an answer without what its document demands.
      throw CommandFailure.failed(shown + " does not answer as its document says.", e);
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
