package dev.lanewise.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.check.Action;
import dev.lanewise.dsl.check.Checked;
import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.check.Scope;
import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.parse.Layout;
import dev.lanewise.dsl.parse.Parsed;
import dev.lanewise.dsl.parse.ScriptParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Golden scripts, changed at random: parse, check, format and lower answer with diagnostics and never throw.
 * {@code -Dlanewise.fuzz=1000000} tries as many, {@code -Dlanewise.fuzz.seed=7} others.
 */
class FuzzTest {
  private static final Pattern TOKEN = Pattern.compile("\\w+|\\s+|.", Pattern.DOTALL);
  private static final String[] SPICE = {
    "(", ")", "{", "}", "[", "]", ";", "\n", "->", "=", ":", "@", ",", ".", "-", "^", "*", "/", "%", "<=", "!=", "~", "\"", "#", "\\",
    "0", "1", "3.5", "1e308", "1e-300", "99999999999", "2_0", "1x28x28", "0x4", "true", "same", "global", "auto", "in", "in.channels",
    "net", "block", "def", "layer", "weight", "import", "data", "train", "sweep", "expect", "if", "else", "repeat", "path", "head", "input",
    "share(@a)", "a:", "@a", "where(x > 0, x, 0)", "batchnorm", "softmax", "flatten", "dense(3)", "conv(4, 3)", "maxpool(2)", "dropout",
    "add", "concat", "pick", "onehot", "mean(x)", "x @ x", "网络", "\uD83D\uDE00", "\uD83D", "\u0000", "\t", "\r"
  };

  /** Larger networks are legal, and take seconds to lower. */
  private static final int MOST_PARAMETERS = 2_000_000;
  private static final int MOST_LAYERS = 2_000;

  @Test
  void anyTextHasAnAnswer() {
    int count = Integer.getInteger("lanewise.fuzz", 6_000);
    long seed = Long.getLong("lanewise.fuzz.seed", 1);
    List<List<String>> corpus = Scripts.all().stream().map(s -> tokens(s.source().text())).toList();
    for (int i = 0; i < count; i++) {
      String text = mutated(corpus, new Random(seed * 1_000_003 + i));
      try {
        tryOut(text);
      } catch (RuntimeException | StackOverflowError | AssertionError e) {
        throw new AssertionError("seed " + seed + ", input " + i + ":\n" + text, e);
      }
    }
  }

  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    return tokens;
  }

  private static String mutated(List<List<String>> corpus, Random random) {
    List<String> tokens = new ArrayList<>(corpus.get(random.nextInt(corpus.size())));
    for (int changes = 1 + random.nextInt(6); changes > 0 && !tokens.isEmpty(); changes--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, SPICE[random.nextInt(SPICE.length)]);
        case 2 -> tokens.set(at, SPICE[random.nextInt(SPICE.length)]);
        case 3 -> tokens.set(at, tokens.get(random.nextInt(tokens.size())));
        case 4 -> tokens.addAll(at, List.copyOf(tokens.subList(at, Math.min(tokens.size(), at + random.nextInt(30)))));
        default -> {
          List<String> other = corpus.get(random.nextInt(corpus.size()));
          int from = random.nextInt(other.size());
          tokens.addAll(at, other.subList(from, Math.min(other.size(), from + random.nextInt(40))));
        }
      }
    }
    return String.join("", tokens);
  }

  private static void tryOut(String text) {
    Source source = new Source("fuzz.net", text);
    Parsed parsed = ScriptParser.parse(source);
    Checked checked = Checker.check(source, parsed.script(), new Scope());
    for (Diagnostic d : parsed.diagnostics()) {
      assertThat(Report.of(d)).isNotBlank();
    }
    for (Diagnostic d : checked.diagnostics()) {
      assertThat(Report.of(d)).isNotBlank();
    }
    if (parsed.diagnostics().isEmpty()) {
      String once = Layout.of(text);
      assertThat(ScriptParser.parse(new Source("once.net", once)).diagnostics()).isEmpty();
      assertThat(Layout.of(once)).isEqualTo(once);
    }
    for (Action action : checked.actions()) {
      if (action instanceof Action.DefineNet(var net) && net.parameters() < MOST_PARAMETERS && net.layers().size() < MOST_LAYERS) {
        assertThat(Lowering.graph(net).output().shape()).isEqualTo(net.output());
      }
    }
  }
}
