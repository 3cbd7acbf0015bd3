package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.language.Phrases;
import java.util.List;

/** Networks in the languages of other programs that draw. */
public final class GraphText {
  private GraphText() {}

  /** For Graphviz: {@code dot -Tsvg}. */
  public static String dot(CheckedNet net, Phrases phrases) {
    Drawing d = Drawing.of(net, phrases);
    StringBuilder text = new StringBuilder("digraph \"" + quoted(net.name()) + "\" {\n");
    text.append("  label=\"").append(quoted(d.title())).append("\"; labelloc=t; node [shape=box, style=rounded];\n");
    for (int i = 0; i < d.boxes().size(); i++) {
      text.append("  n").append(i).append(" [label=\"").append(label(d.boxes().get(i), "\\n")).append("\"];\n");
    }
    d.arrows().forEach(a -> text.append("  n" + a.from() + " -> n" + a.to() + " [label=\"" + a.shape() + "\"];\n"));
    return text.append("}\n").toString();
  }

  /** For Mermaid, which code hosts draw in their pages. */
  public static String mermaid(CheckedNet net, Phrases phrases) {
    Drawing d = Drawing.of(net, phrases);
    StringBuilder text = new StringBuilder("---\ntitle: \"" + quoted(d.title()) + "\"\n---\nflowchart TD\n");
    List<Drawing.Box> boxes = d.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      text.append("  n").append(i).append("[\"").append(label(boxes.get(i), "<br/>").replace("\\\"", "#quot;")).append("\"]\n");
    }
    d.arrows().forEach(a -> text.append("  n" + a.from() + " -->|" + a.shape() + "| n" + a.to() + "\n"));
    return text.toString();
  }

  private static String label(Drawing.Box box, String newLine) {
    return quoted(box.name()) + (box.detail().isEmpty() ? "" : newLine + quoted(box.detail()));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
