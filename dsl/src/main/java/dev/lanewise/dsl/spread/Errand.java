package dev.lanewise.dsl.spread;

import dev.lanewise.dsl.diagnostic.Source;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which statement of which script other processes work for. They check the script once more, by the same code, and so come to the same networks, data and
 * settings; no graph and no example is sent.
 *
 * @param scripts what was run, in its order; the last one has the statement
 * @param imported files that these import, by their whole paths
 * @param at where the statement begins
 * @param seed in place of the script's; empty for that
 * @param kernels by their name
 * @param world what the network takes examples for, as files of parameters say it; empty where it has not met any
 */
public record Errand(List<Text> scripts, Map<String, Text> imported, int at, String seed, String kernels, String world) implements Serializable {
  public Errand {
    scripts = new ArrayList<>(scripts);
    imported = new TreeMap<>(imported);
  }

  /** A script, as plain texts. */
  public record Text(String name, String text, boolean typed, List<String> within) implements Serializable {
    public Text {
      within = new ArrayList<>(within);
    }

    public static Text of(Source source) {
      return new Text(source.name(), source.text(), source.typed(), source.within().stream().map(p -> p.toAbsolutePath().toString()).toList());
    }

    public Source source() {
      return new Source(name, text, typed, within.stream().map(Path::of).toList());
    }
  }
}
