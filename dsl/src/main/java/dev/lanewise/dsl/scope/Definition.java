package dev.lanewise.dsl.scope;

import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.syntax.Statement;

/** What a name stands for. */
public sealed interface Definition {
  /** In words, for diagnostics. */
  String what();

  /** @param statement as it was written: a sweep reads it again with other values */
  record Net(CheckedNet net, Statement.Net statement) implements Definition {
    @Override
    public String what() {
      return "a network";
    }
  }

  record Block(Statement.Block block) implements Definition {
    @Override
    public String what() {
      return "a block";
    }
  }

  record Function(Statement.Function function) implements Definition {
    @Override
    public String what() {
      return "a function";
    }
  }

  record Layer(Statement.LayerDefinition layer) implements Definition {
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

  /** The name of an imported file. */
  record Imported() implements Definition {
    @Override
    public String what() {
      return "an imported file";
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
