package io.neuronledger.foundation.access.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.util.DigestUtils;

/** What is served, most of it a file of the class path that is read once. */
public final class Resource {
  private static final String SWAGGER = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";

  private final byte[] bytes;
  private final MediaType type;
  private final String tag;

  /** @param bytes are kept as they are */
  Resource(byte[] bytes, MediaType type) {
    this.bytes = bytes;
    this.type = type;
    this.tag = DigestUtils.md5DigestAsHex(bytes);
  }

  /**
   * A file.
   *
   * @param path on the class path, with a slash at its beginning
   * @throws NullPointerException if there is none
   */
  public static Resource of(String path, MediaType type) {
    return new Resource(read(path), type);
  }

  /** A file of Swagger UI, whatever version there is. */
  static Resource ofSwagger(String file, MediaType type) {
    Properties jar = new Properties();
    try (InputStream in = open(SWAGGER)) {
      jar.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of("/META-INF/resources/webjars/swagger-ui/" + jar.getProperty("version") + "/" + file, type);
  }

  /**
   * The answer with it. Its tag, by which a browser asks again, is a weak one, because Tomcat may compress the bytes.
   *
   * @param policy of the page
   * @param caching how long it may be used without asking again
   */
  public ResponseEntity<byte[]> answer(ContentPolicy policy, CacheControl caching) {
    return ResponseEntity.ok().contentType(type).header(ContentPolicy.HEADER, policy.directives())
        .cacheControl(caching).eTag("W/\"" + tag + "\"").body(bytes);
  }

  static byte[] read(String path) {
    try (InputStream in = open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(Resource.class.getResourceAsStream(path), path);
  }
}
