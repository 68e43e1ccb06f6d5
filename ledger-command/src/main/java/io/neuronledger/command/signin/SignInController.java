package io.neuronledger.command.signin;

import io.neuronledger.command.signin.SignIn.Offer;
import io.neuronledger.command.signin.SignIn.Session;
import io.neuronledger.command.signin.message.SignInMessage;
import io.neuronledger.contracts.value.WalletAddress;
import io.neuronledger.foundation.access.rule.AccessProblems;
import io.neuronledger.foundation.evm.HexData;
import io.neuronledger.foundation.problem.JsonBody;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.StrictJsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signs wallets in, and publishes the keys of their tokens. */
@RestController
class SignInController {
  /** The longest message and signature, and the JSON around them. */
  private static final int BODY_BYTES_MAX = 16 << 10;
  /** Longer than that of a key: contract wallets have signatures of their own. */
  private static final int SIGNATURE_BYTES_MAX = 4 << 10;

  private final Optional<SignIn> signIn;

  /** @param signIn none where no wallet signs in */
  SignInController(ObjectProvider<SignIn> signIn) {
    this.signIn = Optional.ofNullable(signIn.getIfAvailable());
  }

  /** @param expiresIn seconds */
  record AccessToken(String accessToken, String tokenType, long expiresIn, WalletAddress owner) {
    /** Without the token. */
    @Override
    public String toString() {
      return "AccessToken[" + owner + "]";
    }
  }

  @PostMapping(path = "/v1/sign-in/nonces", produces = MediaType.APPLICATION_JSON_VALUE)
  Offer offer() {
    return requireOn().offer();
  }

  @PostMapping(path = "/v1/sign-in", consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  AccessToken signIn(HttpServletRequest request, HttpServletResponse response) {
    SignIn on = requireOn();
    StrictJsonObject fields = StrictJsonObject.of("a sign-in", JsonBody.of(request, BODY_BYTES_MAX));
    Optional<SignInMessage> message = fields.text("message", SignInMessage::parse);
    Optional<byte[]> signature = fields.text("signature", SignInController::signature);
    fields.refuseUnknown();
    fields.check();
    try {
      Session session = on.signIn(message.orElseThrow(), signature.orElseThrow());
      return new AccessToken(session.token(), "Bearer",
          Duration.between(session.issuedAt(), session.expiresAt()).toSeconds(), session.owner());
    } catch (Refusal refusal) {
      if (refusal.code().status() == HttpStatus.UNAUTHORIZED.value()) {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, AccessProblems.CHALLENGE);
      }
      throw refusal;
    }
  }

  private static byte[] signature(String text) {
    byte[] bytes = HexData.toBytes(HexData.parse(text));
    if (bytes.length == 0 || bytes.length > SIGNATURE_BYTES_MAX) {
      throw new IllegalArgumentException("a signature has 1 to " + SIGNATURE_BYTES_MAX + " bytes");
    }
    return bytes;
  }

  @GetMapping(path = "/v1/sign-in/keys", produces = MediaType.APPLICATION_JSON_VALUE)
  String keys() {
    return requireOn().publishedKeys();
  }

  private SignIn requireOn() {
    return signIn.orElseThrow(() -> new Refusal(ProblemCode.SIGN_IN_OFF,
        "NEURON_LEDGER_SIGN_IN_ISSUER and its neighbours are not set in ledger-command"));
  }
}
