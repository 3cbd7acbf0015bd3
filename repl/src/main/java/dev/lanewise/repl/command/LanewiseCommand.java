package dev.lanewise.repl.command;

import dev.lanewise.dsl.diagnostic.Later;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.SourceFile;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.conversation.Conversation;
import dev.lanewise.repl.prompt.PauseMenu;
import dev.lanewise.repl.prompt.Prompt;
import dev.lanewise.repl.prompt.Screen;
import dev.lanewise.repl.prompt.StateFolder;
import dev.lanewise.repl.render.Fault;
import dev.lanewise.repl.render.Renderer;
import dev.lanewise.repl.render.Renderers;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.plan.KernelSet;
import dev.lanewise.runtime.train.WarmUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: the options that every subcommand shares, and the prompt when there is no subcommand. */
@Command(
    name = "lanewise",
    description = "Deep learning in a small language. Without a command: a prompt, or the script on standard input.",
    synopsisSubcommandLabel = "[run FILE | play FILE | check FILE… | show FILE | fix FILE… | fmt FILE… | import MODEL | explain WHAT | bench WHAT | package]",
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  lanewise run samples/mnist-cnn.net      train a network on MNIST",
      "  lanewise play                           see a network learn, in the browser",
      "  lanewise check samples/mnist-cnn.net    find mistakes without training",
      "  lanewise show samples/mnist-cnn.net     its layers, shapes and parameters; --as svg draws it",
      "  lanewise fix lenet.net                  mend what is certain",
      "  lanewise fmt samples/mnist-cnn.net      its canonical layout",
      "  lanewise import resnet.onnx             a model of PyTorch's, as a script and its weights",
      "  lanewise explain L012                   what a message is about",
      "  lanewise explain conv                   what a word of the language means",
      "  lanewise bench matmul                   scalar, SIMD and other libraries side by side",
      "  lanewise package                        an archive that needs no JDK and no Maven",
      "  lanewise -e 'net N = input 4 -> dense(2); show(N)'",
      "  lanewise                                try things line by line",
      "",
      "Exit status: 0; 1 a false expect; 2 a mistake in the script, a file or the arguments; 70 a fault of Lanewise; 130 interrupted."
    })
public final class LanewiseCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(names = "--threads", paramLabel = "N", scope = ScopeType.INHERIT,
      description = "Compute on N threads (default: one per processor). The result does not depend on it.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--seed", paramLabel = "N", scope = ScopeType.INHERIT,
      description = "Start all randomness from N, whatever seed the script gives.")
  private Long seed;

  @Option(names = "--kernels", paramLabel = "KIND", scope = ScopeType.INHERIT,
      description = "vector (default), or scalar: the slow reference.")
  private KernelSet kernels = KernelSet.VECTOR;

  @Option(names = "--profile", scope = ScopeType.INHERIT,
      description = "After every training, show where its time went: as profile(Net, data) in a script.")
  private boolean profile;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write one JSON object per line to standard output.")
  private boolean json;

  @Option(names = "--lang", paramLabel = "LANGUAGE", scope = ScopeType.INHERIT,
      description = "Speak en or zh (default: what the locale says).")
  private String language;

  @Option(names = "-e", paramLabel = "CODE", description = "Run this code instead of a file: statements, between them `;`.")
  private String code;

  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
  private boolean help;

  @Option(names = {"-V", "--version"}, versionHelp = true, scope = ScopeType.INHERIT,
      description = "Show the versions of Lanewise and Java, the vector width and the number of threads.")
  private boolean version;

  private LanewiseCommand(Console console) {
    this.console = console;
  }

  /** Runs the command and gives the exit status. */
  public static int run(Console console, String... arguments) {
    if (List.of(arguments).contains("run")) {
      // Parsing the arguments takes a tenth of a second, in which the compiler has nothing to do.
      WarmUp.start();
    }
    LanewiseCommand lanewise = new LanewiseCommand(console);
    int status = arguments.length == 0 ? lanewise.withoutArguments() : lanewise.parsed(arguments);
    return lanewise.known().end(status);
  }

  private int parsed(String... arguments) {
    return new CommandLine(this)
        .addSubcommand(new RunCommand(this))
        .addSubcommand(new PlayCommand(this))
        .addSubcommand(new CheckCommand(this))
        .addSubcommand(new ShowCommand(this))
        .addSubcommand(new FixCommand(this))
        .addSubcommand(new FmtCommand(this))
        .addSubcommand(new ImportCommand(this))
        .addSubcommand(new ExplainCommand(this))
        .addSubcommand(new BenchCommand(this))
        .addSubcommand(new PackageCommand(this))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setColorScheme(CommandLine.Help.defaultColorScheme(
            console.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
        .setOut(new PrintWriter(console.out().writer(), true))
        .setErr(new PrintWriter(console.err().writer(), true))
        .setParameterExceptionHandler((mistake, _) -> mistaken(mistake))
        .setExecutionExceptionHandler((failure, _, _) -> failed(failure))
        .setExecutionStrategy(this::guarded)
        .execute(arguments);
  }

  /** Picocli hands on exceptions, but not errors. */
  private int guarded(CommandLine.ParseResult parsed) {
    try {
      return execute(parsed);
    } catch (Error failure) {
      return failed(failure);
    }
  }

  /** Where nothing is to be parsed, the parser need not be loaded, which takes longer than all else before the prompt. */
  private int withoutArguments() {
    try {
      return call();
    } catch (Throwable failure) {
      return failed(failure);
    }
  }

  @Override
  public Integer call() throws IOException {
    if (code != null) {
      return runScript(() -> new Source("-e", code));
    }
    return console.inIsTerminal() ? prompt() : runScript(() -> SourceFile.standardInput(System.in));
  }

  /** Runs one script, and gives the exit status. */
  int runScript(ScriptFile.Reader script) throws IOException {
    Options options = options();
    try (Screen screen = console.outIsTerminal() || Console.hasWidth() ? Screen.forOutput() : Screen.none()) {
      Renderer renderer = Renderers.of(console(), json, screen);
      screen.whenResized(renderer::resized);
      return ScriptFile.with(script, renderer, source -> {
        try (Session session = new Session(options, renderer)) {
          Interrupts.stop(session);
          console.out().whenLost(session::interrupt);
          return session.run(source);
        }
      });
    }
  }

  /** Of the language that is asked for. */
  Console console() {
    return language == null ? console : console.in(language());
  }

  /** The same, where a language that there is not may be the mistake. */
  private Console known() {
    return language == null ? console : Language.named(language).map(console::in).orElse(console);
  }

  private Language language() {
    return Language.named(language).orElseThrow(
        () -> new ParameterException(spec.commandLine(), "--lang takes en or zh, not " + language));
  }

  boolean json() {
    return json;
  }

  Options options() {
    if (threads < 1 || threads > 1024) {
      throw new ParameterException(spec.commandLine(), "--threads takes a number from 1 to 1024, not " + threads);
    }
    return new Options(threads, seed == null ? OptionalLong.empty() : OptionalLong.of(seed), kernels, profile, console().language());
  }

  private int prompt() throws IOException {
    if (json) {
      throw new ParameterException(spec.commandLine(), "--json is for scripts: lanewise run FILE --json");
    }
    Options options = options();
    try (Screen screen = Screen.forPrompt()) {
      Renderer renderer = Renderers.of(console(), false, screen);
      screen.whenResized(renderer::resized);
      Voice voice = console().voice(screen);
      PauseMenu listener = new PauseMenu(renderer, voice, screen);
      try (Session session = new Session(options, listener)) {
        console.out().whenLost(session::interrupt);
        Path state = StateFolder.in(System.getenv());
        Conversation conversation = new Conversation(session, renderer, voice, state.resolve("tutorial"));
        conversation.begin(Path.of(System.getProperty("user.home"), ".lanewiserc"));
        return new Prompt(conversation, voice, screen, state, System.getenv()).run().status();
      }
    }
  }

  /** What was asked for, or help; only now is it known in which language. */
  private int execute(CommandLine.ParseResult parsed) {
    Translation.of(spec.commandLine(), console().voice());
    spec.version(Version.lines(console().voice()));
    return new CommandLine.RunLast().execute(parsed);
  }

  /** An argument makes no sense. */
  ParameterException wrong(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** A line of results. */
  void say(String english) {
    console.out().println(console().voice().say(english));
  }

  /** A script: in a file or a pipe it stays as it is, whatever it holds; a terminal shows it. */
  void script(String text) {
    if (Console.hasWidth()) {
      console().out().print(text);
    } else {
      console().out().order(text);
    }
  }

  void problem(String english) {
    console.err().println("lanewise: " + known().voice().say(english));
  }

  private int mistaken(ParameterException mistake) {
    Voice voice = known().voice();
    if (mistake instanceof CommandLine.UnmatchedArgumentException unknown && mistake.getCommandLine().getParent() == null && Later.has(unknown.getUnmatched().getFirst())) {
      problem(Later.message(unknown.getUnmatched().getFirst()));
      return Outcome.MISTAKE.status();
    }
    console.err().println("lanewise: " + voice.say(mistake.getMessage()));
    StringWriter suggestions = new StringWriter();
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, new PrintWriter(suggestions, true));
    suggestions.toString().lines().map(voice::say).forEach(console.err()::println);
    console.err().println(voice.say("Try: " + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help"));
    return Outcome.MISTAKE.status();
  }

  private int failed(Throwable failure) {
    new Fault("", failure).lines(console().voice()::say).forEach(console.err()::println);
    return Outcome.FAULT.status();
  }
}
