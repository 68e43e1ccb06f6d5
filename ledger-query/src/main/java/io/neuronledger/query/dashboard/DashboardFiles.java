package io.neuronledger.query.dashboard;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.neuronledger.foundation.access.document.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

/** The files of the dashboard on the class path, read once: its two pages, and their scripts, styles and pictures. */
final class DashboardFiles {
  private static final String PAGE = "index.html";
  private static final String SIGNED_IN = "signed-in.html";
  private static final String ASSETS = "assets/";

  private final Resource page;
  private final Resource signedIn;
  private final Map<String, Resource> assets;

  private DashboardFiles(Resource page, Resource signedIn, Map<String, Resource> assets) {
    this.page = page;
    this.signedIn = signedIn;
    this.assets = assets;
  }

  /**
   * Reads them.
   *
   * @param folder on the class path, with a slash at both ends
   * @throws IllegalStateException if the build has not made them
   */
  static DashboardFiles in(String folder) {
    if (DashboardFiles.class.getResource(folder + PAGE) == null) {
      throw new IllegalStateException("NEURON_LEDGER_DASHBOARD_ENABLED is true, but this build of ledger-query has no"
          + " dashboard: mvn package makes it");
    }
    return new DashboardFiles(read(folder + PAGE), read(folder + SIGNED_IN), Arrays.stream(names(folder))
        .collect(toUnmodifiableMap(name -> name, name -> read(folder + ASSETS + name))));
  }

  private static String[] names(String folder) {
    try {
      return Arrays.stream(new PathMatchingResourcePatternResolver().getResources("classpath*:" + folder.substring(1)
          + ASSETS + "*.*")).map(found -> Objects.requireNonNull(found.getFilename())).distinct()
          .toArray(String[]::new);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ASSETS, e);
    }
  }

  private static Resource read(String path) {
    MediaType type = MediaTypeFactory.getMediaType(path).orElse(MediaType.APPLICATION_OCTET_STREAM);
    return Resource.of(path, type.getType().equals("text") ? new MediaType(type, StandardCharsets.UTF_8) : type);
  }

  Resource page() {
    return page;
  }

  /** The page to which the issuer returns people. */
  Resource signedIn() {
    return signedIn;
  }

  /** A file that a page asks for, by its name. */
  Optional<Resource> asset(String name) {
    return Optional.ofNullable(assets.get(name));
  }
}
