package io.neuronledger.query.dashboard;

import io.neuronledger.contracts.view.operation.DashboardView;
import io.neuronledger.contracts.view.operation.StatusView;
import io.neuronledger.foundation.access.document.ContentPolicy;
import io.neuronledger.foundation.access.settings.AccessSettings;
import io.neuronledger.foundation.problem.ProblemCode;
import io.neuronledger.foundation.problem.Refusal;
import io.neuronledger.foundation.problem.request.IgnoresParameters;
import io.neuronledger.query.status.FollowedDeployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The dashboard's page and files, open to everybody: what they show is asked for by the browser, with the credential of
 * whoever has signed in there.
 */
@RestController
@ConditionalOnProperty("neuron-ledger.dashboard.enabled")
public final class DashboardController {
  /** What is served besides the operations of the document. */
  public static final List<String> PAGES = List.of("/", "/signed-in", "/assets/{file}");
  /** The names of the files have a hash of their contents. */
  private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

  private final DashboardSettings settings;
  private final Optional<DashboardView.SignIn> signIn;
  private final FollowedDeployment followed;
  private final DashboardFiles files;
  private final ContentPolicy policy;

  /** @throws IllegalStateException if the build has no dashboard */
  @Autowired
  public DashboardController(DashboardSettings settings, AccessSettings access, FollowedDeployment followed) {
    this(settings, access, followed, DashboardFiles.in("/dashboard/"));
  }

  DashboardController(DashboardSettings settings, AccessSettings access, FollowedDeployment followed,
      DashboardFiles files) {
    this.settings = settings;
    this.signIn = settings.client().filter(_ -> !access.open())
        .map(client -> new DashboardView.SignIn(access.issuer(), client, settings.signIn(), settings.scopes()));
    this.followed = followed;
    this.files = files;
    this.policy = ContentPolicy.ofOwnFilesAnd(Stream.concat(settings.services(),
        signIn.stream().map(DashboardView.SignIn::issuer)).toList());
  }

  @GetMapping("/")
  ResponseEntity<byte[]> page() {
    return files.page().answer(policy, CacheControl.noCache());
  }

  /** The page to which the issuer returns people: it hands what it was opened with to the page that has sent them. */
  @IgnoresParameters
  @GetMapping("/signed-in")
  ResponseEntity<byte[]> signedIn() {
    return files.signedIn().answer(ContentPolicy.ofOwnFiles(), CacheControl.noCache());
  }

  @GetMapping("/assets/{file}")
  ResponseEntity<byte[]> asset(@PathVariable String file) {
    return files.asset(file)
        .orElseThrow(() -> new Refusal(ProblemCode.UNKNOWN_PATH, "the dashboard has no such file"))
        .answer(policy, FOR_EVER);
  }

  @GetMapping(path = "/dashboard.json", produces = MediaType.APPLICATION_JSON_VALUE)
  DashboardView dashboard() {
    return new DashboardView(new DashboardView.Services(settings.commandAddress(), settings.indexerAddress()), signIn,
        followed.get().map(DashboardController::chain));
  }

  private static DashboardView.Chain chain(StatusView.Deployment deployment) {
    return new DashboardView.Chain(deployment.chainId(), deployment.family(), deployment.contracts().getFirst());
  }
}
