package dev.lanewise.dsl.draw;

import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedNet;
import java.util.function.Function;

/** Networks in the languages of other programs that draw. */
public final class GraphText {
  private GraphText() {}

  /** For Graphviz: {@code dot -Tsvg}. @param depth so many blocks inside each other are open */
  public static String dot(CheckedNet net, int depth, Phrases phrases) {
    Drawing d = Drawing.of(net, depth);
    StringBuilder text = new StringBuilder("digraph \"" + quoted(net.name()) + "\" {\n");
    text.append("  label=\"").append(quoted(phrases.say(d.title()))).append("\"; labelloc=t; node [shape=box, style=rounded];\n");
    boxes(
        text, d, i -> "  n" + i + " [label=\"" + label(d.boxes().get(i), phrases, "\\n") + "\"];\n",
        f -> "  subgraph cluster_" + f + " { label=\"" + quoted(d.frames().get(f).title()) + "\";\n", "  }\n");
    d.arrows().forEach(a -> text.append("  n" + a.from() + " -> n" + a.to() + " [label=\"" + a.shape() + "\"];\n"));
    return text.append("}\n").toString();
  }

  /** For Mermaid, which code hosts draw in their pages. @param depth so many blocks inside each other are open */
  public static String mermaid(CheckedNet net, int depth, Phrases phrases) {
    Drawing d = Drawing.of(net, depth);
    StringBuilder text = new StringBuilder("---\ntitle: \"" + quoted(phrases.say(d.title())) + "\"\n---\nflowchart TD\n");
    boxes(
        text, d, i -> "  n" + i + "[\"" + label(d.boxes().get(i), phrases, "<br/>").replace("\\\"", "#quot;") + "\"]\n",
        f -> "  subgraph f" + f + "[\"" + quoted(d.frames().get(f).title()).replace("\\\"", "#quot;") + "\"]\n", "  end\n");
    d.arrows().forEach(a -> text.append("  n" + a.from() + " -->|" + a.shape() + "| n" + a.to() + "\n"));
    return text.toString();
  }

  /** Boxes in their order, with what opens and closes the frames around them. */
  private static void boxes(StringBuilder text, Drawing d, Function<Integer, String> box, Function<Integer, String> opens, String closes) {
    for (int i = 0; i < d.boxes().size(); i++) {
      for (int f = 0; f < d.frames().size(); f++) {
        text.append(d.frames().get(f).first() == i ? opens.apply(f) : "");
      }
      text.append(box.apply(i));
      for (Drawing.Frame frame : d.frames()) {
        text.append(frame.last() == i ? closes : "");
      }
    }
  }

  private static String label(Drawing.Box box, Phrases phrases, String newLine) {
    return quoted(phrases.say(box.title())) + (box.detail().isEmpty() ? "" : newLine + quoted(phrases.say(box.detail())));
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
