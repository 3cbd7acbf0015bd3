package dev.lanewise.dsl.session;

import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.History;
import dev.lanewise.dsl.run.Workspace;
import dev.lanewise.dsl.scope.Definition;
import dev.lanewise.dsl.scope.Formula;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.ChangeTable;
import dev.lanewise.dsl.view.Summaries;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the names stand for, with the figures that tell one from another. */
final class Inventory {
  private final Workspace workspace;

  private Inventory(Workspace workspace) {
    this.workspace = workspace;
  }

  static Table of(Scope scope, Workspace workspace) {
    Inventory inventory = new Inventory(workspace);
    List<List<String>> rows = new ArrayList<>();
    scope.boundNames().forEach((name, what) ->
        rows.add(List.of(name, what, scope.find(name).map(b -> inventory.figures(name, b.definition())).orElse(""))));
    return new Table("", List.of("name", "is", "with"), rows);
  }

  private String figures(String name, Definition definition) {
    return switch (definition) {
      case Definition.Net(CheckedNet net, var _) -> Summaries.of(workspace.current(net));
      case Definition.Data(CheckedData data) -> workspace.loaded(data).map(split -> Summaries.of(data, split)).orElse("");
      case Definition.Run(CheckedTrain train) -> of(train, workspace.known(train));
      case Definition.Value(Formula.Known(var value)) -> value.toString();
      case Definition.Value _ -> workspace.known(name).map(Result::text).orElse("");
      case Definition.Block _, Definition.Function _, Definition.Layer _, Definition.Imported _, Definition.Faulty _ ->
          "";
    };
  }

  private static String of(CheckedTrain train, History history) {
    String changed = history.changes().isEmpty() ? "" : ", " + ChangeTable.text(history.changes());
    return figures(train, history.epochs()) + changed;
  }

  private static String figures(CheckedTrain train, List<TrainEvent.Epoch> epochs) {
    String where = train.net().name() + " on " + train.data().name();
    return epochs.isEmpty()
        ? where
        : String.format(
            Locale.ROOT, Double.isNaN(epochs.getLast().train().accuracy()) ? "%s, %,d epochs, loss %.4f" : "%s, %,d epochs, loss %.4f, accuracy %.4f",
            where, epochs.size(), epochs.getLast().train().loss(), epochs.getLast().train().accuracy());
  }
}
