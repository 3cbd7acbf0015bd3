package dev.lanewise.repl.conversation;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Report;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.runtime.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Writes what was typed as a script. */
final class Saving {
  private Saving() {}

  /** False if nothing was written. */
  static boolean save(String file, Session session, Voice voice) {
    if (session.statements() == 0) {
      voice.print(voice.say("Nothing was typed yet that could be saved."));
      return false;
    }
    try {
      Path path = Path.of(file);
      if (Files.exists(path)) {
        voice.print(voice.say(file + " is there already: choose another name."));
        return false;
      }
      if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
        voice.print(voice.say(file + " cannot be written: its folder does not exist"));
        return false;
      }
      String script = session.script();
      AtomicFile.write(path, channel -> AtomicFile.writeFully(channel, ByteBuffer.wrap(script.getBytes(StandardCharsets.UTF_8))));
      voice.print(voice.say("wrote " + session.statements() + " statements to " + path));
      check(new Source(file, script), session, voice);
      return true;
    } catch (IOException | InvalidPathException e) {
      voice.print(voice.say(file + " cannot be written: " + Reasons.of(e)));
      return false;
    }
  }

  /** What makes sense at a prompt may not in one script: then that is said at once. */
  private static void check(Source source, Session session, Voice voice) {
    List<Diagnostic> errors = session.checkAlone(source).stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      voice.print(voice.say("It does not run as it is:"));
      errors.forEach(d -> Report.of(d, voice.phrases()).lines().forEach(voice::print));
    }
  }
}
