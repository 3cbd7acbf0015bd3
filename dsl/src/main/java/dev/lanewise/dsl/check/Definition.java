package dev.lanewise.dsl.check;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.syntax.Statement;

/** What a name stands for. */
public sealed interface Definition {
  /** In words, for diagnostics. */
  String what();

  record Net(CheckedNet net) implements Definition {
    @Override
    public String what() {
      return "a network";
    }
  }

  /** @param source in which it is written */
  record Block(Statement.Block block, Source source) implements Definition {
    @Override
    public String what() {
      return "a block";
    }
  }

  /** @param source in which it is written */
  record Function(Statement.Function function, Source source) implements Definition {
    @Override
    public String what() {
      return "a function";
    }
  }

  /** @param source in which it is written */
  record Layer(Statement.LayerDefinition layer, Source source) implements Definition {
    @Override
    public String what() {
      return "a layer";
    }
  }

  record Data(CheckedData data) implements Definition {
    @Override
    public String what() {
      return "data";
    }
  }

  record Run(CheckedTrain train) implements Definition {
    @Override
    public String what() {
      return "a training run";
    }
  }

  record Value(Formula formula) implements Definition {
    @Override
    public String what() {
      return "a value";
    }
  }

  /** Something with a mistake in it, already reported: whoever uses it stays silent. */
  record Faulty() implements Definition {
    @Override
    public String what() {
      return "something with a mistake";
    }
  }
}
