package dev.lanewise.dsl.verb.show;

import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.ColumnTable;
import dev.lanewise.dsl.view.DataTable;
import dev.lanewise.dsl.view.PartTable;
import dev.lanewise.runtime.data.table.TableSummary;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code show(digits)}. */
public final class ShowDataVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of("show", "how many examples data has, of each part and class; of a table, what its columns are, too", required("data", Thing.DATA, "to be counted"));
  }

  @Override
  public String example() {
    return "show(digits)";
  }

  @Override
  public Optional<Deed> check(Given given) {
    return Optional.of(new Of(given.data("data")));
  }

  private record Of(CheckedData data) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Optional<TableSummary> table = data.origin() instanceof CheckedData.Origin.Files files ? files.data().table() : Optional.empty();
      List<Exhibit> before = new ArrayList<>(table.map(t -> ColumnTable.of(data.name(), t)).stream().toList());
      if (data.hasParts()) {
        before.add(PartTable.of(bench.split(data)));
      }
      return new Result.Shown(DataTable.of(bench.split(data)), before);
    }
  }
}
