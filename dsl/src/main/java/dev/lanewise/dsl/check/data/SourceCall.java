package dev.lanewise.dsl.check.data;

import dev.lanewise.dsl.check.call.SettingEdits;
import dev.lanewise.dsl.check.expression.Calls;
import dev.lanewise.dsl.check.expression.Formulas;
import dev.lanewise.dsl.check.expression.Meant;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.Edit;
import dev.lanewise.dsl.diagnostic.Problems;
import dev.lanewise.dsl.diagnostic.Remedy;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.elsewhere.Names;
import dev.lanewise.dsl.elsewhere.Table;
import dev.lanewise.dsl.meaning.Places;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Call;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.word.SettingNames;
import dev.lanewise.runtime.data.table.NoColumn;
import dev.lanewise.runtime.signature.Argument.Type;
import dev.lanewise.runtime.signature.Signature;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A call of a data source that is not as it should be: what was meant, as far as the call, and the files that it names, tell.
 *
 * @param head where the settings of the statement begin, or would
 */
record SourceCall(Formulas formulas, Problems problems, Signature signature, Call call, int head) {
  private static final Set<String> TABLES = Set.of("csv", "parquet");
  private static final Set<String> IDLE = Set.of(
      "header = true", "header = 0", "header = infer", "has_header = true", "skip_header = 1", "encoding = utf-8", "encoding = utf8", "index_col = false", "index_col = none", "engine = c", "engine = python");
  /** By which a column goes that is to be learned, whatever it holds. */
  private static final List<String> LEARNED = List.of("y", "class", "classes", "output", "outcome", "label_column", "target_column", "labels_column", "class_column", "answer", "column", "response");

  /** Reports arguments that are settings, or called as elsewhere; whether there are any. */
  boolean isForeign(Places places) {
    for (Argument a : call.arguments()) {
      String name = a.name().map(n -> n.text()).orElse("");
      if (!name.isEmpty() && signature.arguments().stream().noneMatch(s -> s.name().equals(name))) {
        Optional<Remedy> remedy = setting(a, name).or(() -> idle(a, name)).or(() -> column(a, name, places)).or(() -> elsewhere(a, name));
        if (remedy.isPresent()) {
          problems.report(Code.L009, a.name().get().span(), "`" + signature.name() + "` has no argument `" + name + "`", remedy.get());
          return true;
        }
      }
    }
    return false;
  }

  /** Reports a file without its quotes, and columns like it; whether there is one. */
  boolean isUnquoted() {
    Meant meant = new Meant(formulas, problems);
    Optional<Argument> file = call.arguments().stream().filter(a -> meant.isFileName(a.value())).findFirst();
    if (file.isPresent()) {
      Edit[] edits = call.arguments().stream().filter(a -> isText(a) && meant.isUnquoted(a.value())).flatMap(a -> meant.quoted(a.value().span()).edits().stream()).toArray(Edit[]::new);
      String text = problems.source().text(file.get().value().span());
      problems.report(Code.L011, file.get().value().span(), "a file name stands in quotes", Remedy.of("write `\"" + text + "\"`", edits));
    }
    return file.isPresent();
  }

  /** Whether an argument is a text, or a column. */
  private boolean isText(Argument a) {
    return signature.arguments().stream().filter(s -> a.name().filter(n -> !n.text().equals(s.name())).isEmpty())
        .findFirst().filter(s -> s.type() == Type.TEXT || s.type() == Type.COLUMN || s.type() == Type.COLUMNS || a.name().isEmpty()).isPresent();
  }

  private Optional<Remedy> setting(Argument a, String name) {
    List<String> settings = List.copyOf(SettingNames.data().keySet());
    boolean near = Suggestions.nearest(name, signature.arguments().stream().map(s -> s.name()).toList()).isPresent();
    Optional<String> key = settings.contains(name) ? Optional.of(name) : near ? Optional.empty() : Suggestions.nearest(name, settings);
    String value = problems.source().text(a.value().span());
    return key.map(k -> Remedy.of("`" + k + "` is a setting: write it in braces behind the call", without(call, a), new SettingEdits(problems.source(), head).add(k + " = " + value)));
  }

  /** An argument is taken away, with the comma before it. */
  static Edit without(Call call, Argument a) {
    int at = call.arguments().indexOf(a);
    int from = at > 0 ? call.arguments().get(at - 1).span().end() : a.span().start();
    int to = at > 0 || call.arguments().size() == 1 ? a.span().end() : call.arguments().get(1).span().start();
    return Edit.remove(new Span(from, to));
  }

  /** {@code header = true}, as elsewhere: what a table is found to have needs no argument. */
  private Optional<Remedy> idle(Argument a, String name) {
    boolean idle = TABLES.contains(signature.name()) && IDLE.contains(name + " = " + named(a.value()).toLowerCase(Locale.ROOT));
    return idle ? Optional.of(Remedy.of("leave it out: it is so without", without(call, a))) : Optional.empty();
  }

  /** Words are classes, and numbers that differ are to be predicted. */
  private Optional<Remedy> column(Argument a, String name, Places places) {
    if (!TABLES.contains(signature.name()) || !LEARNED.contains(name)) {
      return Optional.empty();
    }
    List<String> columns = a.value() instanceof Expression.Text(Span _, String text) ? List.of(text) : a.value().dotted().map(List::of).orElse(List.of());
    boolean classes = !columns.isEmpty() && InFiles.holdsClasses(places, file(), columns.getFirst());
    return Optional.of(Remedy.mean(a.name().get().span(), classes ? "label" : "target"));
  }

  private Optional<Remedy> elsewhere(Argument a, String name) {
    return Table.names(Names.ARGUMENT_OF_SOURCE, name).stream()
        .filter(n -> signature.arguments().stream().anyMatch(s -> s.name().equals(n))).findFirst().map(n -> Remedy.mean(a.name().get().span(), n));
  }

  /** The first of its texts: the file, or the folder, that it is about. */
  private String file() {
    return call.arguments().stream().map(Argument::value).filter(Expression.Text.class::isInstance).map(e -> ((Expression.Text) e).value()).findFirst().orElse("");
  }

  /** What an argument could be that must be given. */
  Optional<Calls.Proposal> missing(dev.lanewise.runtime.signature.Argument argument, Places places) {
    return signature.name().equals("npy") && argument.name().equals("labels")
        ? InFiles.labels(places, file()).map(f -> new Calls.Proposal('"' + f + '"', true))
        : Optional.empty();
  }

  /** The column to be learned of a table, where a call does not say it; empty if nobody can tell. */
  Optional<Remedy> learned(Places places) {
    boolean said = call.arguments().stream().anyMatch(a -> a.name().isPresent() && List.of("label", "target").contains(a.name().get().text()))
        || call.arguments().size() > 1 && call.arguments().get(1).name().isEmpty()
        || call.arguments().stream().anyMatch(a -> a.name().isPresent() && signature.arguments().stream().noneMatch(s -> s.name().equals(a.name().get().text())));
    if (!TABLES.contains(signature.name()) || said || call.arguments().isEmpty()) {
      return Optional.empty();
    }
    return InFiles.columns(places, file()).map(List::getLast).map(last -> {
      String written = (InFiles.holdsClasses(places, file(), last) ? "label" : "target") + " = \"" + last + '"';
      return Remedy.of("write `" + written + "`, if it is the last column", Edit.insert(call.arguments().getLast().span().end(), ", " + written));
    });
  }

  /** What the call should say, where a file is not as it says. */
  Remedy of(IOException e, Places places) {
    return switch (e) {
      case NoSuchFileException f -> texts().stream().flatMap(t -> InFiles.near(places, t, f.getFile()).stream())
          .findFirst().orElse(Remedy.NONE);
      case NoColumn c -> columns().stream().filter(x -> named(x).equals(c.column())).findFirst().map(x -> column(x, c)).orElse(Remedy.NONE);
      default -> Remedy.NONE;
    };
  }

  private List<Expression.Text> texts() {
    return columns().stream().filter(Expression.Text.class::isInstance).map(Expression.Text.class::cast).toList();
  }

  /** All values of the call, those in lists one by one. */
  private List<Expression> columns() {
    List<Expression> all = new ArrayList<>();
    call.arguments().forEach(a -> all.addAll(a.value() instanceof Expression.Items i ? i.items() : List.of(a.value())));
    return all;
  }

  private String named(Expression e) {
    return e instanceof Expression.Text(Span _, String text) ? text : problems.source().text(e.span());
  }

  /** The nearest name; numbers count from 1, and those below 0 from the end. */
  private Remedy column(Expression written, NoColumn e) {
    int count = e.columns().size();
    if (e.column().matches("-?[0-9]{1,9}")) {
      int number = Integer.parseInt(e.column());
      int right = number < 0 ? count + 1 + number : number == 0 ? 1 : count;
      Remedy remedy = Remedy.write(written.span(), Integer.toString(right));
      return right < 1 ? Remedy.NONE : number <= 0 || number == count + 1 ? remedy : remedy.perhaps();
    }
    List<String> several = Stream.of(e.column().split("[,;]")).map(String::strip).toList();
    if (several.size() > 1 && e.columns().containsAll(several)) {
      String list = several.stream().map(c -> '"' + c + '"').collect(Collectors.joining(", "));
      return Remedy.write(written.span(), call.arguments().stream().anyMatch(a -> a.value() == written) ? "[" + list + "]" : list);
    }
    UnaryOperator<String> quoted = n -> written instanceof Expression.Text || !n.matches("[A-Za-z_][A-Za-z_0-9]*") ? '"' + n + '"' : n;
    Optional<String> same = e.columns().stream().filter(c -> c.equalsIgnoreCase(e.column().strip())).findFirst();
    return same.map(n -> Remedy.mean(written.span(), quoted.apply(n))).or(() -> Suggestions.mean(written.span(), e.column(), e.columns(), quoted))
        .orElseGet(() -> Remedy.say("there is " + String.join(", ", e.columns())));
  }
}
