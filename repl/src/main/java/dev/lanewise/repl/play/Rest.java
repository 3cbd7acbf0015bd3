package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import java.util.Optional;

/**
 * What is left of a script whose training goes on with batches of another size: the same places, and what stands before the training is blank, for it has been run.
 *
 * @param script with the other size
 * @param left what is to be run
 */
record Rest(Source script, Source left) {
  /**
   * @param epochs that are left
   * @return empty if there is no training that could be changed
   */
  static Optional<Rest> of(Source source, int batch, int epochs) {
    return train(source).map(t -> {
      Source changed = set(source, t, "batch", batch);
      Statement.Train again = train(changed).orElseThrow();
      Source shorter = set(changed, again, "epochs", epochs);
      String before = shorter.text().substring(0, again.span().start()).replaceAll("[^\\r\\n]", " ");
      return new Rest(changed, shorter.with(before + shorter.text().substring(again.span().start())));
    });
  }

  private static Optional<Statement.Train> train(Source source) {
    return ScriptParser.parse(source).script().statements().stream().filter(Statement.Train.class::isInstance).map(Statement.Train.class::cast).findFirst();
  }

  private static Source set(Source source, Statement.Train train, String key, int value) {
    String text = source.text();
    Optional<Span> written = train.settings().stream().filter(s -> s.key().text().equals(key)).map(Setting::value).map(v -> v.span()).findFirst();
    if (written.isPresent()) {
      return source.with(text.substring(0, written.get().start()) + value + text.substring(written.get().end()));
    }
    int end = train.settings().isEmpty() ? train.data().span().end() : train.settings().getLast().span().end();
    String setting = key + " = " + value;
    return source.with(text.substring(0, end) + (train.settings().isEmpty() ? " { " + setting + " }" : "; " + setting) + text.substring(end));
  }
}
