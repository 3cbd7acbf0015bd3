package dev.lanewise.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.draw.GraphText;
import dev.lanewise.dsl.draw.Svg;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.StringReader;
import java.util.OptionalLong;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DrawTest {
  private static final String SKIP =
      """
      net Skip {
        input 1x8x8
        early: conv(4, 3, pad = same)
        relu -> conv(4, 3, pad = same)
        add { path { } path { relu -> conv(4, 1) } }
        concat(@early)
        flatten -> dense(2)
      }
      """;

  private static CheckedNet net(String script) {
    try (Session session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), _ -> {})) {
      assertThat(session.check(new Source("test.net", script))).isEmpty();
      return session.networks(new Source("test.net", script)).getLast();
    }
  }

  @Test
  void arrowsCarryTheShapesThatPass() {
    assertThat(GraphText.dot(net(SKIP), Phrases.ENGLISH))
        .contains("n0 [label=\"input\"];", "n1 [label=\"early\\nconv(4, 3, pad = same), 40 parameters\"];")
        .contains("n0 -> n1 [label=\"1x8x8\"];", "n1 -> n7 [label=\"4x8x8\"];");
    assertThat(GraphText.mermaid(net(SKIP), Phrases.ENGLISH))
        .contains("flowchart TD", "n2[\"relu1\"]", "n1 -->|4x8x8| n7", "n9 -->|2| n10");
  }

  /** Well-formed, a box for each value, and no two boxes over each other. */
  @Test
  void thePictureHasItsBoxesApart() throws Exception {
    Document svg =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(Svg.of(net(SKIP), Phrases.ENGLISH))));
    NodeList rectangles = svg.getElementsByTagName("rect");
    assertThat(rectangles.getLength()).isEqualTo(1 + 11);
    for (int i = 1; i < rectangles.getLength(); i++) {
      for (int k = i + 1; k < rectangles.getLength(); k++) {
        assertThat(apart((Element) rectangles.item(i), (Element) rectangles.item(k))).as("%d and %d", i, k).isTrue();
      }
    }
  }

  private static boolean apart(Element a, Element b) {
    return number(a, "x") + number(a, "width") < number(b, "x")
        || number(b, "x") + number(b, "width") < number(a, "x")
        || number(a, "y") + number(a, "height") < number(b, "y")
        || number(b, "y") + number(b, "height") < number(a, "y");
  }

  private static int number(Element e, String attribute) {
    return Integer.parseInt(e.getAttribute(attribute));
  }
}
