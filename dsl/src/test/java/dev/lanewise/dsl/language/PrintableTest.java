package dev.lanewise.dsl.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {
  @Test
  void whatCanBeSeenStaysAsItIs() {
    String text = "Größe, 数据, 🐛, עברית, ½\u00a0x\u0301";
    assertThat(Printable.line(text)).isSameAs(text);
    assertThat(Printable.text("a\n\tb")).isEqualTo("a\n\tb");
    assertThat(Printable.text("a\r\nb")).isEqualTo("a\nb");
  }

  @ParameterizedTest
  @CsvSource({
    "1b, '\\x1b'", "07, '\\x07'", "0d, '\\x0d'", "0a, '\\x0a'", "09, '\\x09'", "7f, '\\x7f'", "00, '\\x00'", "9b, '\\x9b'", "85, '\\x85'",
    "202e, '\\u202e'", "2066, '\\u2066'", "2028, '\\u2028'", "d83d, '\ufffd'", "dc1b, '\ufffd'", "ffff, '\ufffd'"
  })
  void whatCannotBeSeenIsWrittenOut(String code, String shown) {
    char c = (char) Integer.parseInt(code, 16);
    assertThat(Printable.line("a" + c + "b")).isEqualTo("a" + shown + "b");
    assertThat(Printable.line(Printable.line("a" + c + "b"))).isEqualTo("a" + shown + "b");
  }

  @Test
  void insideOfJsonTheEscapesAreThoseOfJson() {
    assertThat(Printable.json("{\"a\":\"\u009b\u202e\ud800\"}\n")).isEqualTo("{\"a\":\"\\u009b\\u202e\\ud800\"}\n");
  }

  @Test
  void everyTextIsWellFormedXml() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c < 0x10000; c++) {
      all.append((char) c);
    }
    String xml = "<a>" + Printable.text(all.toString()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</a>";
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement().getTextContent()).contains("\\x1b");
  }
}
