package dev.lanewise.dsl.session;

import dev.lanewise.dsl.check.Formula;
import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.lower.Lowering;
import dev.lanewise.dsl.meaning.Arithmetic;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Constant;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.session.Session.Options;
import dev.lanewise.dsl.view.ConfusionTable;
import dev.lanewise.dsl.view.DataTable;
import dev.lanewise.dsl.view.GradientTables;
import dev.lanewise.dsl.view.NetTable;
import dev.lanewise.dsl.view.PlanTables;
import dev.lanewise.runtime.differentiate.GradientCheck;
import dev.lanewise.runtime.file.Safetensors;
import dev.lanewise.runtime.file.Tensor;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.plan.Plan;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.symbolic.Term;
import dev.lanewise.runtime.train.Engine;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.UnfitException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Gives expressions their values, and does what verbs say: test, save, load, show. */
final class Evaluation {
  private final Options options;
  private final SessionListener listener;
  private final Engine engine;
  private final Workspace workspace;
  private final Viewing viewing;
  private final Waiting waiting;

  Evaluation(Options options, SessionListener listener, Engine engine, Workspace workspace, Waiting waiting) {
    this.waiting = waiting;
    this.options = options;
    this.listener = listener;
    this.engine = engine;
    this.workspace = workspace;
    this.viewing = new Viewing(listener, engine, workspace, Phrases.of(options.language()));
  }

  Result evaluate(Formula formula) {
    return switch (formula) {
      case Formula.Known(Constant value) -> new Result.Plain(value);
      case Formula.Stored(String name, var _) -> workspace.value(name);
      case Formula.Unary u -> new Result.Plain(Arithmetic.apply(u.operator(), constant(u.operand())).orElseThrow());
      case Formula.Binary b -> new Result.Plain(
          Arithmetic.apply(b.operator(), constant(b.left()), constant(b.right())).orElseThrow());
      case Formula.Test t -> test(t);
      case Formula.Part(Formula of, var kind) -> {
        if (!(evaluate(of) instanceof Result.Scored(Score score))) {
          throw new IllegalStateException("checked as a score: " + of);
        }
        yield new Result.Plain(new Constant.Num(score.of(kind)));
      }
      case Formula.Save s -> save(s);
      case Formula.Load l -> load(l);
      case Formula.Adopt a -> adopt(a);
      case Formula.Show(CheckedNet net) -> shown(NetTable.of(workspace.current(net)));
      case Formula.Drawn d -> viewing.look(d);
      case Formula.ShowData(CheckedData d) -> shown(DataTable.of(workspace.split(d)));
      case Formula.ShowFormula(String name, String text) -> {
        listener.on(new SessionEvent.Value(name, text));
        yield new Result.Nothing();
      }
      case Formula.CheckFunction(String name, Term term) -> shown(GradientTables.of(name, GradientCheck.of(name, term)));
      case Formula.CheckLoss(String name, Computation loss) -> shown(
          GradientTables.of(name, waiting.on(() -> GradientCheck.ofLoss(Lowering.probe(Formula.CheckLoss.OUTPUTS), loss, options.seed().orElse(1)))));
      case Formula.CheckNet(CheckedNet net, Computation loss) -> shown(
          GradientTables.of(net.name(), checked(net, workspace.loss(net, loss))));
      case Formula.ShowConfusion(CheckedNet net, CheckedData d, Computation loss) -> shown(
          ConfusionTable.of(
              net.name(), workspace.split(d),
              engine.test(workspace.model(net).model(), workspace.split(d), workspace.loss(net, loss), Listener.NONE).confusion()));
      case Formula.ShowPlan(CheckedNet net, Formula.View view, Computation loss) -> shown(
          switch (view) {
            case PLAN -> PlanTables.plan(net.name(), plan(net, loss));
            case PASSES -> PlanTables.passes(net.name(), plan(net, loss));
            case MEMORY -> PlanTables.memory(net.name(), plan(net, loss));
          });
      case Formula.ShowKernel k -> shown(PlanTables.kernels(k.layer(), plan(k.net(), k.loss())));
      case Formula.Profile(CheckedNet net, CheckedData d, Computation loss) -> shown(profile(net, d, loss));
    };
  }

  private List<GradientCheck.Compared> checked(CheckedNet net, Computation loss) {
    return waiting.on(() -> GradientCheck.of(Lowering.graph(net), loss, options.seed().orElse(1)));
  }

  Constant constant(Formula formula) {
    return switch (evaluate(formula)) {
      case Result.Plain(Constant value) -> value;
      case Result.Scored _, Result.Nothing _ -> throw new IllegalStateException("checked as a value: " + formula);
    };
  }

  Table profile(CheckedNet net, CheckedData d, Computation loss) {
    return PlanTables.profile(
        net.name(), engine.profile(workspace.model(net).model(), workspace.split(d), workspace.loss(net, d, loss)));
  }

  private Result test(Formula.Test t) {
    Trained trained = workspace.model(t.net());
    return new Result.Scored(
        engine.test(
            trained.model(),
            workspace.split(t.data()),
            workspace.loss(t.net(), t.data(), t.loss()),
            e -> listener.on(new SessionEvent.Training(e))));
  }

  private Result save(Formula.Save s) {
    Trained trained = workspace.model(s.net());
    try {
      Path path = Path.of(s.path());
      trained.save(path);
      listener.on(new SessionEvent.Wrote(s.net().name(), path));
      return new Result.Nothing();
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(Code.L030, s.span(), "the file cannot be written: " + Reasons.of(e), "");
    }
  }

  private Result load(Formula.Load l) {
    try {
      Path path = Path.of(l.path());
      Safetensors.Content content = Safetensors.read(path);
      workspace.model(l.net()).model().assign(content.tensors());
      listener.on(new SessionEvent.Read(l.net().name(), path));
      return new Result.Nothing();
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(Code.L030, l.span(), "the file cannot be read: " + Reasons.of(e), "");
    } catch (UnfitException e) {
      throw new MistakeException(Code.L031, l.span(), "the file does not fit: " + e.getMessage(), "");
    }
  }

  private Result adopt(Formula.Adopt a) {
    try {
      List<Tensor> tensors = switch (a.from()) {
        case Formula.Adopt.Source.Net(CheckedNet net) -> workspace.model(net).model().tensors();
        case Formula.Adopt.Source.File(String path) -> Safetensors.read(Path.of(path)).tensors();
      };
      String from = switch (a.from()) {
        case Formula.Adopt.Source.Net(CheckedNet net) -> net.name();
        case Formula.Adopt.Source.File(String path) -> path;
      };
      Model.Adopted adopted = workspace.model(a.net()).model().adopt(tensors, name -> CheckedNet.isIn(a.part(), name));
      listener.on(new SessionEvent.Adopted(a.net().name(), from, owners(a.net(), adopted.taken()), owners(a.net(), adopted.own())));
      return new Result.Nothing();
    } catch (IOException | InvalidPathException e) {
      throw new MistakeException(Code.L030, a.span(), "the file cannot be read: " + Reasons.of(e), "");
    } catch (UnfitException e) {
      throw new MistakeException(Code.L031, a.span(), e.getMessage(), "");
    }
  }

  /** The layers that parameters belong to, in their order. */
  private static List<String> owners(CheckedNet net, List<String> parameters) {
    return net.layers().stream().map(CheckedNet.Layer::name)
        .filter(layer -> parameters.stream().anyMatch(p -> CheckedNet.isIn(layer, p))).toList();
  }

  Result shown(Table table) {
    listener.on(new SessionEvent.Shown(table));
    return new Result.Nothing();
  }

  private Plan plan(CheckedNet net, Computation loss) {
    return Plan.training(workspace.model(net).model().graph(), workspace.loss(net, loss), options.kernels());
  }
}
