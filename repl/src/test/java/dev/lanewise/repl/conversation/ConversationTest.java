package dev.lanewise.repl.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Completions.Completion;
import dev.lanewise.repl.conversation.Conversation.Reply;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Window;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed, and what is answered. */
class ConversationTest {
  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private Session session;
  private Conversation conversation;

  private Conversation conversation(Language language) {
    Output stream = new Output(out);
    Console console = new Console(stream, stream, false, true, false, language);
    Renderer renderer = Renderers.of(console, false, Window.NONE);
    session = new Session(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), renderer);
    conversation = new Conversation(session, renderer, console.voice(), folder.resolve("tutorial"));
    return conversation;
  }

  /** What is printed for a line. */
  private String told(String line) {
    if (conversation == null) {
      conversation(Language.ENGLISH);
    }
    out.reset();
    conversation.answer(line);
    return out.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void close() {
    if (session != null) {
      session.close();
    }
  }

  @Test
  void statementsAndCommandsTakeTurns() {
    assertThat(told("a = 2 * 3")).isEqualTo("a = 6\n");
    assertThat(told("a + 1")).isEqualTo("_1 = 7\n");
    assertThat(told("_1 * 2")).isEqualTo("_2 = 14\n");
    assertThat(told(":undo")).isEqualTo("took back: _1 * 2\n");
    assertThat(told(":redo")).isEqualTo("put back: _1 * 2\n");
    assertThat(told(":redo")).isEqualTo("There is nothing to put back.\n");
    assertThat(told(":ls").lines()).containsExactly("  name  is       with", "  _1    a value     7", "  _2    a value    14", "  a     a value     6");
    assertThat(told(":reset")).startsWith("Everything is forgotten.");
    assertThat(told(":ls")).isEqualTo("Nothing is bound yet.\n");
    assertThat(told(":undo")).isEqualTo("took back: :reset\n");
    assertThat(told("a")).isEqualTo("_3 = 6\n");
  }

  /** What is typed stays a mistake, and changes nothing; what is proposed is not run by itself. */
  @Test
  void proposesWhatWasMeant() {
    assertThat(told("net N = inptu 4 -> densse(2)")).contains("error");
    assertThat(conversation.proposal()).contains("net N = input 4 -> dense(2)");
    assertThat(told(":undo")).isEqualTo("There is nothing to take back.\n");
    assertThat(conversation.proposal()).isEmpty();
    told("net N = input 4 -> densse(2)");
    assertThat(told(conversation.proposal().orElseThrow())).startsWith("net N: 4 -> 2");
    assertThat(conversation.proposal()).isEmpty();
    assertThat(told(":undo")).isEqualTo("took back: net N = input 4 -> dense(2)\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a = nowhere(3)", "expect 1 == 2", ":helpp", "load(N, \"nowhere.safetensors\")", "a = 1"})
  void proposesNothingWhereNobodyKnows(String typed) {
    told("net N = input 4 -> dense(2)");
    told(typed);
    assertThat(conversation.proposal()).isEmpty();
  }

  /** Every command is about the one session there is. */
  @Test
  void theTutorialIsPartOfTheConversation() throws IOException {
    assertThat(told(":next")).contains("That belongs to the tutorial");
    assertThat(told("mine = 7")).isEqualTo("mine = 7\n");
    assertThat(told(":tutorial 1")).contains("`:hint` helps", "A neuron", "w2 = -0.25", "» Compute z.");
    assertThat(conversation.prompt()).startsWith("tutorial 1/");
    assertThat(told("w1 * x1 + w2 * x2 + b")).startsWith("_1 = 0.25\n").contains("✓ Right", "Look around, then `:next`.");
    assertThat(told(":ls")).contains("w1", "mine", "_1");
    assertThat(told("next")).contains("An activation");
    assertThat(told("hint")).contains("Functions are called with parentheses");
    assertThat(conversation.answer("sigmoid(")).isEqualTo(Reply.MISTAKEN);
    assertThat(told(":back")).contains("A neuron").doesNotContain("w2 = -0.25");
    Path file = folder.resolve("learnt.net");
    told(":save " + file);
    assertThat(Files.readString(file)).contains("x2 = 3", "w1 * x1 + w2 * x2 + b");
    assertThat(conversation.answer(":quit")).isEqualTo(Reply.DONE);
    assertThat(told("mine + x2")).endsWith("= 10\n");
    assertThat(told(":tutorial")).contains("A neuron");
    assertThat(conversation.answer("exit")).isEqualTo(Reply.DONE);
    assertThat(conversation.answer("exit")).isEqualTo(Reply.LEAVE);
  }

  @Test
  void aMistakeIsToBeTypedAgain() {
    conversation(Language.ENGLISH);
    assertThat(conversation.answer("a = ")).isEqualTo(Reply.MISTAKEN);
    assertThat(conversation.answer(":undoo")).isEqualTo(Reply.MISTAKEN);
    assertThat(conversation.answer("a = 1")).isEqualTo(Reply.DONE);
    assertThat(conversation.answer("expect a == 2")).isEqualTo(Reply.DONE);
    assertThat(conversation.answer("  ")).isEqualTo(Reply.DONE);
    assertThat(conversation.answer(":q")).isEqualTo(Reply.LEAVE);
  }

  @Test
  void whatIsMeantIsGuessed() {
    assertThat(told(":undoo")).contains("There is no command `:undoo`. did you mean `:undo`?");
    assertThat(told(":help dens")).contains("There is no help about `dens`. did you mean `dense`?");
    assertThat(told(":xyzzyx")).contains(":help lists what there is.");
    assertThat(told(":save")).contains("It is written `:save FILE`.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?conv", "conv?", "? conv", "conv??", "help conv", "help(conv)", "help(\"conv\")", "？conv", "conv？", "：help conv", "%help conv"})
  void helpIsAskedForInManyWays(String typed) {
    assertThat(told(typed)).startsWith("conv(channels, kernel");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit", "quit", "exit()", "quit()", ":q", "：quit", "exit（）"})
  void oneLeavesInManyWays(String typed) {
    assertThat(conversation(Language.ENGLISH).answer(typed)).isEqualTo(Reply.LEAVE);
  }

  @Test
  void whatTheUserHasBoundIsNoCommand() {
    told("help = 3; exit = 4; net Mine = input 2 -> dense(2)");
    assertThat(told("help")).isEqualTo("_1 = 3\n");
    assertThat(conversation.answer("exit")).isEqualTo(Reply.DONE);
    assertThat(told("?help")).contains("a value", "3");
    assertThat(told("Mine?")).contains("a network", "2 -> 2, 6 parameters");
    assertThat(told("?")).isEqualTo(told(":help"));
    assertThat(told("a = 1  # why?")).isEqualTo("a = 1\n");
    assertThat(told("?nothing")).contains("There is no help about `nothing`.");
  }

  @Test
  void fullWidthSignsAreUnderstood() throws IOException {
    Path file = folder.resolve("（1）.net");
    assertThat(told("b ＝ max（1，2）＃ （好）")).isEqualTo("b = 2\n");
    assertThat(told(":time b ＋ 1")).startsWith("_1 = 3\n");
    told("：save " + file);
    assertThat(Files.readString(file)).startsWith("b = max(1, 2)").doesNotContain("（1");
    assertThat(conversation.plain(":load （1）.net")).isEqualTo(":load （1）.net");
  }

  /** A listener that fails, as a terminal may. */
  @Test
  void aFaultIsToldAndOneGoesOn() {
    Options options = new Options(1, OptionalLong.empty(), KernelSet.VECTOR);
    Output stream = new Output(out);
    Console console = new Console(stream, stream, false, true, false, Language.ENGLISH);
    Renderer renderer = Renderers.of(console, false, Window.NONE);
    session = new Session(options, event -> {
      if (event instanceof SessionEvent.Value v && v.text().equals("13")) {
        throw new IllegalStateException("unlucky");
      }
      renderer.on(event);
    });
    conversation = new Conversation(session, renderer, console.voice(), folder.resolve("tutorial"));
    assertThat(told("a = 13")).isEqualTo(
        "lanewise: prompt:1:1: this is a fault of Lanewise, not of the script: IllegalStateException. Please report it; LANEWISE_DEBUG=1 shows where\n");
    assertThat(told("a")).contains("unknown name `a`");
    assertThat(told("a = 14")).isEqualTo("a = 14\n");
    conversation.failed("prompt", new StackOverflowError());
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("lanewise: prompt: this is a fault of Lanewise");
  }

  @Test
  void whatWasTypedIsSavedAndLoaded() throws IOException {
    Path file = folder.resolve("session.net");
    told("net N = input 2 -> dense(3) -> tanh -> dense(2)");
    told("net N = input 2 -> dense(4) -> tanh -> dense(2)");
    told("expect 1 == 2");
    assertThat(told(":save " + file)).isEqualTo("wrote 2 statements to " + file + "\n");
    assertThat(Files.readString(file)).isEqualTo("net N = input 2 -> dense(4) -> tanh -> dense(2)\n");
    assertThat(told(":save " + file)).contains("is there already");
    assertThat(told(":save " + folder.resolve("no/where.net"))).contains("its folder does not exist");
    assertThat(told(":load " + file)).isEqualTo("net N: 2 -> 2, 22 parameters\n");
    assertThat(told(":load " + folder.resolve("nothing.net"))).contains("there is no file");
    try (var all = Files.list(folder)) {
      assertThat(all).containsExactly(file);
    }
  }

  @Test
  void aFileOfOnesOwnIsRunFirst() throws IOException {
    conversation(Language.ENGLISH);
    conversation.begin(folder.resolve("none"));
    assertThat(out.size()).isZero();
    Path file = Files.writeString(folder.resolve(".lanewiserc"), "width = 32\n");
    conversation.begin(file);
    assertThat(told("width")).isEqualTo("_1 = 32\n");
    Files.writeString(file, "a = 1\nb = wdth\n");
    out.reset();
    conversation.begin(file);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(file + ":2:5 error L006");
    assertThat(told("width + 1")).isEqualTo("_2 = 33\n");
  }

  @Test
  void timesAndThreadsAreTold() {
    assertThat(told(":time 1 + 1")).matches("(?s)_1 = 2\n[0-9.]+ s\n");
    assertThat(told(":threads 2")).isEqualTo("Threads that compute: 2\n");
    assertThat(told(":threads 0")).contains("a number from 1 to 1024");
    assertThat(told(":info")).contains("Lanewise", "vectors", "2 of ");
    assertThat(told(":explain 12")).startsWith("L012: the layer needs a flat input");
  }

  @Test
  void everythingIsSaidInChinese() {
    conversation(Language.CHINESE);
    assertThat(told("net N = input 1x28x28 -> dense(10)")).contains("dense(10) 需要展平的输入，却得到 1x28x28", "在前面加上 `flatten`（784 个特征）");
    assertThat(told("net N = input 784 -> dense(10)")).contains("784 -> 10，7,850 个参数");
    assertThat(told(":undo")).isEqualTo("已撤销：net N = input 784 -> dense(10)\n");
    assertThat(told(":undoo")).contains("没有命令 `:undoo`。", "是不是 `:undo`？");
    assertThat(told(":help conv")).contains("让多个卷积核在图像或序列上滑动", "必须给出", "例如：");
    assertThat(told(":explain L012")).contains("层需要展平的输入", "错误：", "正确：");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void helpListsAllCommands(Language language) {
    conversation(language);
    assertThat(told(":help")).contains(Command.words());
    for (Command c : Command.values()) {
      assertThat(told(":help " + c.word())).isNotBlank().doesNotContain("`" + c.word() + "`.");
    }
  }

  private List<String> completions(String before) {
    if (conversation == null) {
      conversation(Language.ENGLISH);
    }
    return conversation.completions(before).stream().map(Completion::text).toList();
  }

  @Test
  void commandsTopicsAndFilesAreOffered() throws IOException {
    Files.createDirectories(folder.resolve("more"));
    Files.writeString(folder.resolve("mine.net"), "");
    Files.writeString(folder.resolve(".hidden"), "");
    assertThat(completions(":re")).containsExactly(":redo", ":reset");
    assertThat(completions(":lo")).containsExactly(":load ");
    assertThat(completions(":help max")).containsExactly(":help maxpool");
    assertThat(completions(":explain L00")).contains(":explain L001").hasSize(9);
    assertThat(completions(":load " + folder + "/")).containsExactly(":load " + folder + "/more/", ":load " + folder + "/mine.net");
    assertThat(completions("import \"" + folder + "/mi")).containsExactly(folder + "/mine.net");
    assertThat(completions("load(N, \"/no/such/folder/")).isEmpty();
    assertThat(completions(":time net N = input 4 -> den")).containsExactly(":time net N = input 4 -> dense");
    assertThat(completions("net N = input 4 -> den")).containsExactly("dense");
  }

  @Test
  void theCallAtTheCursorIsExplained() {
    conversation(Language.ENGLISH);
    assertThat(conversation.tip("net N = input 1x28x28 -> conv(8, ")).contains("conv(channels, kernel, stride = 1, pad = 0, bias = true, groups = 1, dilation = 1, init = default)");
    assertThat(conversation.tip("net N = input 1x28x28 -> conv(8, 3)")).isEmpty();
    assertThat(conversation.tip("a = (1 + ")).isEmpty();
  }
}
