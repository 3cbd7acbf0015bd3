package dev.lanewise.repl.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.repl.text.Console;
import dev.lanewise.repl.text.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README says that a walk prints is what it prints. */
class ReadmeTest {
  @ParameterizedTest
  @CsvSource({"README.md, ENGLISH", "README.zh.md, CHINESE"})
  void theGlassBoxIsWhatIsPrinted(String name, Language language, @TempDir Path folder) throws IOException {
    String readme = Files.readString(Path.of("..", name));
    Matcher box = Pattern.compile("```\\n(net Xor .*?)```\\n\\n```text\\n(.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(box.find()).isTrue();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(new Output(out), new Output(new ByteArrayOutputStream()), false, false, false, language);
    String script = Files.writeString(folder.resolve("xor.net"), box.group(1)).toString();
    assertThat(LanewiseCommand.run(console, new String[] {"run", script})).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains(box.group(2));
  }
}
