package dev.lanewise.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.TextWidth;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.command.LanewiseCommand;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.help.Help;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads Chinese is told nothing in English, by the command and at the prompt. What a run tells is in LineRendererTest. */
class ChineseTest {
  /** Commands to type, options, files, examples of the language: the same in every language. */
  private static final Pattern CODE = Pattern.compile("`[^`]*`|lanewise .*?(  |$)|\\[[^]]*]|\\S*[-=:/A-Z(_]\\S*|\\S+\\.\\w\\S*");
  private static final Pattern ENGLISH = Pattern.compile("\\b[a-z]+ [a-z]{2,}\\b");

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Output print = new Output(out);
  private final Console console = new Console(print, print, false, false, false, Language.CHINESE);

  private List<String> lines() {
    return out.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static boolean isEnglish(String line) {
    return ENGLISH.matcher(CODE.matcher(line).replaceAll("|")).find();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "--help", "run --help", "check --help", "show --help", "fmt --help", "fix --help", "explain --help", "bench --help", "bench", "package --help", "package", "--version", "explain", "run", "--bogus",
    "run a.net b.net", "check nowhere.net", "--threads many", "--threads 0 -e 1", "--kernels fast", "--lang fr -e 1", "explain L999", "explain convv",
    "play --help", "play nowhere.net", "play --port 0", "import --help", "import nowhere.onnx", "import a.xyz", "import", "import --name 1 a.onnx", "import --shape a=b a.onnx", "import a.pt", "show nowhere.net", "fmt nowhere.net", "fmt", "fix nowhere.net", "fix --stdout a b", "fix --stdout --dry-run a", "check src", "--seed", "--threads 1 --threads 2"
  })
  void theCommandSpeaks(String arguments) {
    LanewiseCommand.run(console, arguments.split(" "));
    assertThat(lines()).isNotEmpty().noneMatch(ChineseTest::isEnglish).allMatch(l -> TextWidth.of(l) <= 80);
    assertThat(String.join("", lines())).containsPattern("\\p{IsHan}");
  }

  @Test
  void theOptionTakesPrecedence() {
    LanewiseCommand.run(new Console(print, print, false, false, false, Language.ENGLISH), "--lang", "zh", "run", "nowhere.net");
    assertThat(lines()).containsExactly("lanewise: 没有文件 nowhere.net");
  }

  @Test
  void thePromptSpeaks() {
    Voice voice = console.voice(Window.NONE);
    Renderer renderer = Renderers.of(console, false, Window.NONE);
    Options options = new Options(1, OptionalLong.empty(), KernelSet.VECTOR);
    try (Session session = new Session(options, renderer)) {
      Conversation conversation = new Conversation(session, renderer, voice, folder.resolve("tutorial"));
      List<String> typed = List.of(
          ":help", ":info", ":ls", "net N = input 4 -> dense(2)", ":ls", ":undo", ":redo", ":nothing", ":help nothing", ":threads", ":threads 0",
          ":save", ":save " + folder.resolve("none/a.net"), ":load " + folder.resolve("none.net"), ":tutorial 99", ":next", ":tutorial 3", ":hint", "y - t + 0", "y + 1", "y + 2", ":hint", ":hint", "(y - t) ^ 2", ":quit", ":reset", ":undo");
      typed.forEach(conversation::answer);
      new Help(voice).topics().stream().filter(t -> !t.matches("L\\d+")).forEach(t -> conversation.answer(":help " + t));
    }
    // Examples are indented; so are the words of a table, which stand beside their meaning.
    assertThat(lines()).hasSizeGreaterThan(100)
        .filteredOn(l -> !l.startsWith("  ") || l.codePoints().anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN))
        .noneMatch(ChineseTest::isEnglish);
  }

  @Test
  void theTestWouldFind() {
    assertThat(Arrays.asList("Show this help.", "  --seed  所有 start from here", "wrote files")).allMatch(ChineseTest::isEnglish);
    assertThat(Arrays.asList("  lanewise explain L012   解释", "已停止：`one two`", "用法：lanewise run [-hV] FILE")).noneMatch(ChineseTest::isEnglish);
  }
}
