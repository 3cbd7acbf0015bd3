package dev.lanewise.dsl.elsewhere.file;

import dev.lanewise.dsl.elsewhere.Nesting;
import dev.lanewise.dsl.elsewhere.Written;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python: a {@code Sequential} list, layers that are added one by one, or a class with what it does in {@code forward} or {@code __call__}. */
final class PythonFile implements OtherFile.Reader {
  private static final Pattern PYTHON = Pattern.compile(
      "(?m)^\\s*(?:from\\s+[\\w.]+\\s+import\\b|import\\s+[A-Za-z_][\\w.]*(?:\\s+as\\s+\\w+)?\\s*(?:,.*)?$|class\\s+\\w+(?:\\(.*\\))?:\\s*$|if __name__\\b|\\w+\\s*=\\s*(?:nn|keras|models?|tf\\.keras)\\.Sequential\\()");
  private static final Pattern LIST = Pattern.compile("Sequential\\s*\\(");
  private static final Pattern ADDED = Pattern.compile("\\.add\\s*\\(");
  private static final Pattern PART = Pattern.compile("(?m)^\\s*self\\.(\\w+)\\s*=\\s*");
  private static final Pattern FORWARD = Pattern.compile("(?m)^(\\s*)def\\s+(?:forward|__call__|call)\\s*\\(.*\\).*:\\s*$");
  private static final Pattern CLASS = Pattern.compile("(?m)^\\s*class\\s+(\\w+)");
  private static final Pattern CALL = Pattern.compile("[A-Za-z_][\\w.]*\\s*\\(");
  private static final Pattern METHOD = Pattern.compile("(\\w+)\\.(view|reshape|flatten|relu|sigmoid|tanh|softmax)");

  @Override
  public Optional<OtherFile> read(String text) {
    if (!PYTHON.matcher(text).find()) {
      return Optional.empty();
    }
    String library = text.contains("keras") || text.contains("tensorflow") ? " (Keras)" : text.contains("torch") ? " (PyTorch)" : text.contains("flax") || text.contains("jax") ? " (JAX)" : "";
    String code = text.replaceAll("(?m)#.*$", "").replaceAll("(?s)\"\"\".*?\"\"\"", "");
    Sketch sketch = new Sketch();
    listed(code, sketch);
    if (sketch.isEmpty()) {
      added(code, sketch);
    }
    if (sketch.isEmpty()) {
      forward(code, sketch);
    }
    Matcher name = CLASS.matcher(code);
    return Optional.of(new OtherFile("a Python script" + library, sketch.script(name.find() ? name.group(1) : "N")));
  }

  private static void listed(String code, Sketch sketch) {
    Matcher list = LIST.matcher(code);
    if (list.find()) {
      String inside = inside(code, list.end() - 1).strip();
      boolean bracket = inside.startsWith("[");
      layers(bracket ? inside(inside, 0) : inside, sketch);
    }
  }

  private static void layers(String list, Sketch sketch) {
    Nesting.parts(list).forEach(p -> Written.of(p).ifPresent(sketch::layer));
  }

  private static void added(String code, Sketch sketch) {
    Matcher add = ADDED.matcher(code);
    while (add.find()) {
      Written.of(inside(code, add.end() - 1)).ifPresent(sketch::layer);
    }
  }

  /** What is in brackets; empty if they are not closed. */
  private static String inside(String text, int open) {
    int close = Nesting.closing(text, open);
    return close < 0 ? "" : text.substring(open + 1, close);
  }

  /** What a class does with an example: the innermost call first. */
  private static void forward(String code, Sketch sketch) {
    Map<String, String> parts = new HashMap<>();
    Matcher part = PART.matcher(code);
    while (part.find()) {
      Matcher call = CALL.matcher(code).region(part.end(), code.length());
      if (call.lookingAt()) {
        parts.put("self." + part.group(1), code.substring(part.end(), Math.max(part.end(), Nesting.closing(code, call.end() - 1) + 1)));
      }
    }
    Matcher forward = FORWARD.matcher(code);
    if (!forward.find()) {
      return;
    }
    for (String line : code.substring(forward.end()).lines().filter(l -> !l.isBlank()).takeWhile(l -> !l.matches("\\s*(?:def|class)\\b.*") && Character.isWhitespace(l.charAt(0))).toList()) {
      evaluated(line.replaceFirst("^\\s*(?:return|\\w+\\s*=)", "").strip(), parts, sketch);
    }
  }

  private static void evaluated(String expression, Map<String, String> parts, Sketch sketch) {
    Optional<Written> call = Written.of(expression).filter(w -> expression.endsWith(")"));
    if (call.isEmpty()) {
      // A chain, x.relu().flatten(1): what stands before the last point comes first.
      int open = expression.endsWith(")") ? opening(expression) : -1;
      int point = open < 0 ? -1 : expression.lastIndexOf('.', open);
      if (point > 0) {
        evaluated(expression.substring(0, point), parts, sketch);
        method(expression.substring(point + 1, open), sketch);
      }
      return;
    }
    call.get().pieces().stream().filter(p -> p.name().isEmpty() && p.value().endsWith(")")).limit(1).forEach(p -> evaluated(p.value(), parts, sketch));
    String part = parts.get(call.get().name());
    Matcher method = METHOD.matcher(call.get().name());
    if (part != null && part.contains("Sequential")) {
      listed(part, sketch);
    } else if (part != null) {
      Written.of(part).ifPresent(sketch::layer);
    } else if (method.matches() && !method.group(1).equals("F") && !method.group(1).equals("torch")) {
      method(method.group(2), sketch);
    } else {
      // What it works on is no argument of the layer.
      List<Written.Piece> pieces = call.get().pieces();
      sketch.layer(new Written(call.get().name(), pieces.isEmpty() ? pieces : pieces.subList(1, pieces.size())));
    }
  }

  /** Where the last bracket of a text opens. */
  private static int opening(String text) {
    int depth = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      depth += text.charAt(i) == ')' ? 1 : text.charAt(i) == '(' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private static void method(String name, Sketch sketch) {
    sketch.layer(new Written(name.equals("view") || name.equals("reshape") ? "flatten" : name, List.of()));
  }
}
