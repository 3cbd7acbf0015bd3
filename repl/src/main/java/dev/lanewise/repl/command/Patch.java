package dev.lanewise.repl.command;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of a file, as {@code git diff} tells it: {@code patch -p1} does it.
 *
 * <pre>{@code Patch.of("lenet.net", "a\n", "b\n") // "--- a/lenet.net\n+++ b/lenet.net\n@@ -1,1 +1,1 @@\n-a\n+b\n" }</pre>
 */
final class Patch {
  private static final int CONTEXT = 3;

  private Patch() {}

  /** Empty where nothing changes. */
  static String of(String name, String before, String after) {
    String path = name.startsWith("/") ? name : "/" + name;
    List<String> old = lines(before);
    List<String> patch = UnifiedDiffUtils.generateUnifiedDiff("a" + path, "b" + path, old, DiffUtils.diff(old, lines(after)), CONTEXT);
    return patch.isEmpty() ? "" : String.join("\n", patch) + "\n";
  }

  /** Each with the carriage return that it may end with; a last one without an end is another line than the same with one. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    String last = lines.removeLast();
    if (!last.isEmpty()) {
      lines.add(last + "\n\\ No newline at end of file");
    }
    return lines;
  }
}
