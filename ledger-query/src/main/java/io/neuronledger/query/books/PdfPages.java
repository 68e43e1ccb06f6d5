package io.neuronledger.query.books;

import io.neuronledger.contracts.usage.NeuronSum;
import io.neuronledger.contracts.view.books.StatementAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.jspecify.annotations.Nullable;

/** Lines of text on pages of A4, each with a foot; lines that are too long go on in the next one. */
final class PdfPages implements AutoCloseable {
  private static final float MARGIN = 50;
  private static final float LEADING = 12;
  private static final float SIZE = 8;
  private static final float TITLE_SIZE = 16;
  private static final float HEADING_SIZE = 11;
  private static final int LABEL = 24;
  private static final int EVENT = 62;
  /** Of an amount before its decimal point, its sign included. */
  private static final int WHOLE = 12;
  /** Of Courier's lines, each of whose characters is 0.6 of its size wide. */
  private static final int CHARACTERS = (int) ((PDRectangle.A4.getWidth() - 2 * MARGIN) / (SIZE * 0.6f));

  static {
    FontMappers.set(new PdfFonts());
  }

  private final PDDocument document = new PDDocument();
  private final PDFont text = new PDType1Font(Standard14Fonts.FontName.COURIER);
  private final PDFont bold = new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);
  private final String foot;
  private final List<PDPage> pages = new ArrayList<>();
  private @Nullable PDPageContentStream open;
  private float y;

  /** @param foot at the end of each page, with the page's number */
  PdfPages(String foot) {
    this.foot = foot;
  }

  void title(String line) {
    put(line, bold, TITLE_SIZE);
  }

  void heading(String line) {
    y -= LEADING;
    put(line, bold, HEADING_SIZE);
  }

  void line(String line) {
    String rest = printable(line);
    while (rest.length() > CHARACTERS) {
      put(rest.substring(0, CHARACTERS), text, SIZE);
      rest = "      " + rest.substring(CHARACTERS);
    }
    put(rest, text, SIZE);
  }

  /** A line of a sum. The decimal points of all of them stand below each other. */
  void amount(String label, NeuronSum amount, String note) {
    line(aligned("    " + label, LABEL, amount) + note);
  }

  /** The fees of requests, and what was charged of them without unit prices. */
  void usage(StatementAnswer.Usage of) {
    amount("requests: " + of.requests(), of.fees(), "");
    unverified(of.unverifiedFees());
  }

  /** What was charged without unit prices of the fees before, unless it is nothing. */
  void unverified(NeuronSum fees) {
    if (fees.sign() != 0) {
      amount("of which unverified", fees, "");
    }
  }

  /** The first line of something that happened, with its amount. Their decimal points stand below each other. */
  void event(String what, NeuronSum amount) {
    line(aligned(what, EVENT, amount));
  }

  private static String aligned(String label, int width, NeuronSum amount) {
    String text = amount.toZeroG();
    int point = text.indexOf('.');
    int whole = point < 0 ? text.length() : point;
    return label + " ".repeat(Math.max(1, width + WHOLE - label.length() - whole)) + text;
  }

  /** What stands in place of a list without lines. */
  void none(boolean isEmpty) {
    if (isEmpty) {
      line("none");
    }
  }

  /** Writes all pages. Nothing in the bytes is of the time or the machine. */
  void save(OutputStream out) throws IOException {
    endPage();
    for (int i = 0; i < pages.size(); i++) {
      try (PDPageContentStream page = new PDPageContentStream(document, pages.get(i),
          PDPageContentStream.AppendMode.APPEND, true)) {
        draw(page, foot + ", page " + (i + 1) + " of " + pages.size(), text, SIZE, MARGIN - 2 * LEADING);
      }
    }
    document.setDocumentId(0L);
    document.save(out, CompressParameters.NO_COMPRESSION);
  }

  @Override
  public void close() {
    try {
      endPage();
      document.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String line, PDFont font, float size) {
    try {
      y -= Math.max(LEADING, size);
      PDPageContentStream page = open;
      if (page == null || y < MARGIN) {
        page = nextPage();
      }
      draw(page, printable(line), font, size, y);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void draw(PDPageContentStream page, String line, PDFont font, float size, float y)
      throws IOException {
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(MARGIN, y);
    page.showText(line);
    page.endText();
  }

  private PDPageContentStream nextPage() throws IOException {
    endPage();
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    pages.add(page);
    y = PDRectangle.A4.getHeight() - MARGIN - LEADING;
    PDPageContentStream next = new PDPageContentStream(document, page);
    open = next;
    return next;
  }

  private void endPage() throws IOException {
    PDPageContentStream page = open;
    if (page != null) {
      page.close();
      open = null;
    }
  }

  private static String printable(String line) {
    StringBuilder plain = new StringBuilder();
    for (byte each : line.getBytes(StandardCharsets.UTF_8)) {
      plain.append(each >= ' ' && each <= '~' ? String.valueOf((char) each) : String.format("%%%02X", each));
    }
    return plain.toString();
  }
}
