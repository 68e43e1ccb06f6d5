package io.neuronledger.query.export.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.neuronledger.contracts.view.export.ExportView;
import io.neuronledger.foundation.problem.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A content whole and in ranges. */
class ContentAnswerTest {
  private static final int LENGTH = 100_000;

  @TempDir
  private Path folder;
  private final byte[] bytes = new byte[LENGTH];
  private String tag = "";

  @BeforeEach
  void write() throws IOException {
    new SplittableRandom(17).nextBytes(bytes);
    Files.write(folder.resolve("content"), bytes);
    tag = "\"" + HexFormat.of().formatHex(digest()) + "\"";
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private MockHttpServletResponse get(String... headers) throws IOException {
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/exports/x/content");
    for (int i = 0; i < headers.length; i += 2) {
      request.addHeader(headers[i], headers[i + 1]);
    }
    return answer(request);
  }

  private MockHttpServletResponse answer(MockHttpServletRequest request) throws IOException {
    return answer(request, LENGTH);
  }

  private MockHttpServletResponse answer(MockHttpServletRequest request, long length) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    ExportView view = new ExportView(UUID.randomUUID(), ExportView.State.COMPLETED, "/v1/services",
        ExportView.Format.NDJSON, Optional.of("services-3.ndjson"), Optional.empty(), OptionalLong.of(12),
        OptionalLong.of(length), Optional.of(tag.replace("\"", "")), Instant.EPOCH, Instant.EPOCH, Optional.empty());
    try (ContentAnswer content = new ContentAnswer(view, folder.resolve("content"))) {
      content.send(request, response);
    }
    return response;
  }

  @Test
  void the_whole_names_its_length_rows_and_checksum() throws IOException {
    MockHttpServletResponse whole = get();
    assertThat(whole.getStatus()).isEqualTo(200);
    assertThat(whole.getContentAsByteArray()).isEqualTo(bytes);
    assertThat(whole.getContentLengthLong()).isEqualTo(LENGTH);
    assertThat(whole.getHeader("ETag")).isEqualTo(tag);
    assertThat(whole.getHeader("Accept-Ranges")).isEqualTo("bytes");
    assertThat(whole.getHeader("Ledger-Rows")).isEqualTo("12");
    assertThat(whole.getHeader("Repr-Digest"))
        .isEqualTo("sha-256=:" + Base64.getEncoder().encodeToString(digest()) + ":");
    assertThat(whole.getHeader("Content-Disposition")).isEqualTo("attachment; filename=\"services-3.ndjson\"");
    assertThat(whole.getContentType()).isEqualTo("application/x-ndjson");
  }

  /** A download that breaks off anywhere, as often as it likes, has the same bytes in the end. */
  @Test
  void a_download_goes_on_where_it_broke_off() throws IOException {
    SplittableRandom random = new SplittableRandom(18);
    for (int run = 0; run < 20; run++) {
      ByteArrayOutputStream got = new ByteArrayOutputStream();
      while (got.size() < LENGTH) {
        MockHttpServletResponse part = get("Range", "bytes=" + got.size() + "-", "If-Range", tag);
        assertThat(part.getStatus()).isEqualTo(206);
        assertThat(part.getHeader("Content-Range"))
            .isEqualTo("bytes " + got.size() + "-" + (LENGTH - 1) + "/" + LENGTH);
        byte[] sent = part.getContentAsByteArray();
        assertThat(part.getContentLengthLong()).isEqualTo(sent.length);
        got.write(sent, 0, random.nextInt(1, sent.length + 1));
      }
      assertThat(got.toByteArray()).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-0,0,0", "bytes=5-9,5,9", "bytes=99999-,99999,99999", "bytes=99990-200000,99990,99999",
      "bytes=-1,99999,99999", "bytes=-200000,0,99999"})
  void a_range_has_both_its_ends(String range, int first, int last) throws IOException {
    MockHttpServletResponse part = get("Range", range);
    assertThat(part.getStatus()).isEqualTo(206);
    assertThat(part.getHeader("Content-Range")).isEqualTo("bytes " + first + "-" + last + "/" + LENGTH);
    assertThat(part.getContentAsByteArray()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100000-", "bytes=100000-100001", "bytes=9223372036854775807-"})
  void a_range_beyond_the_end_is_refused(String range) {
    assertThatThrownBy(() -> get("Range", range)).isInstanceOf(Refusal.class)
        .hasMessage("the content has 100000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=0-1,5-6", "rows=0-1", "bytes=x", "bytes=9-5", "", "bytes=99999999999999999999-"})
  void what_is_no_single_range_is_answered_with_the_whole(String range) throws IOException {
    MockHttpServletResponse whole = get("Range", range);
    assertThat(whole.getStatus()).isEqualTo(200);
    assertThat(whole.getContentAsByteArray()).isEqualTo(bytes);
  }

  @Test
  void a_part_of_another_content_is_answered_with_the_whole() throws IOException {
    MockHttpServletResponse whole = get("Range", "bytes=5-", "If-Range", "\"another\"");
    assertThat(whole.getStatus()).isEqualTo(200);
    assertThat(whole.getContentAsByteArray()).isEqualTo(bytes);
  }

  /** The connection then ends before the promised length: no caller takes it for whole. */
  @Test
  void a_content_that_became_shorter_breaks_off() throws IOException {
    Files.write(folder.resolve("content"), Arrays.copyOf(bytes, LENGTH - 1));
    assertThatThrownBy(this::get).isInstanceOf(IOException.class).hasMessageContaining("is shorter than it was");
    assertThat(get("Range", "bytes=0-9").getContentAsByteArray()).isEqualTo(Arrays.copyOf(bytes, 10));
  }

  /** A list without rows is no line of NDJSON: it is there all the same, and no range of it is. */
  @Test
  void an_empty_content_is_whole() throws IOException {
    Files.write(folder.resolve("content"), new byte[0]);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/v1/exports/x/content");
    MockHttpServletResponse whole = answer(request, 0);
    assertThat(whole.getStatus()).isEqualTo(200);
    assertThat(whole.getContentLengthLong()).isZero();
    request.addHeader("Range", "bytes=0-");
    assertThatThrownBy(() -> answer(request, 0)).isInstanceOf(Refusal.class).hasMessage("the content has 0 bytes");
  }

  @Test
  void head_has_the_headers_alone() throws IOException {
    MockHttpServletResponse head = answer(new MockHttpServletRequest("HEAD", "/v1/exports/x/content"));
    assertThat(head.getHeader("ETag")).isEqualTo(tag);
    assertThat(head.getContentAsByteArray()).isEmpty();
  }
}
