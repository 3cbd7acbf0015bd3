package dev.lanewise.dsl.verb.look;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.diagnostic.Suggestions;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.dsl.meaning.Scored;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Need;
import dev.lanewise.dsl.verb.Pixels;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.verb.Thing;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.picture.Attacked;
import dev.lanewise.runtime.attack.Attack;
import dev.lanewise.runtime.data.DataSplit;
import dev.lanewise.runtime.data.Held;
import dev.lanewise.runtime.layer.Comparison;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.signature.Signature;
import dev.lanewise.runtime.train.Listener;
import dev.lanewise.runtime.train.Model;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code attack(Net, digits, pgd(0.3, steps = 40))}: the score that is left; {@code show} shows some of the images. */
public final class AttackVerb implements Verb {
  @Override
  public Signature signature() {
    return Signature.of(
        "attack", "how good a network is on images that are changed a little so that it fails: what is left; show(attack(…)) shows some of them",
        required("net", Thing.NET, "that is attacked"), required("data", Thing.DATA, "with a part to test on"), required("by", Thing.ATTACK, "fgsm or pgd"),
        optional("count", new Thing.Named(Thing.Count.AT_LEAST_ONE), 1000, "so many images, the first ones"),
        optional("toward", new Thing.Named(new Thing.ClassName()), "", "the class that the network is to give them; without it any but their own"));
  }

  @Override
  public String example() {
    return "attack(Mlp, digits, fgsm(0.1), count = 20)";
  }

  @Override
  public List<Need> needs() {
    return List.of(Need.ANSWERED, Need.FITS, Need.CLASSES);
  }

  @Override
  public Optional<Deed> check(Given given) {
    CheckedNet net = given.net("net");
    CheckedData data = given.data("data");
    return given.loss(net, data).filter(loss -> new Fit(given.problems()).isAttackable(given.span(), "attack", net, data, loss))
        .map(loss -> new Of(given.span(), given.at("toward"), net, data, loss, given.attack("by"), given.whole("count"), given.word("toward")));
  }

  private record Of(Span at, Span atClass, CheckedNet net, CheckedData data, Computation loss, Attack attack, int count, String toward) implements Deed {
    @Override
    public Gives gives() {
      return Gives.SCORE;
    }

    @Override
    public Optional<Scored> scored() {
      return Optional.of(new Scored(net, data));
    }

    @Override
    public Optional<Deed> exhibit() {
      return Optional.of(new Shown(this));
    }

    @Override
    public Result run(Bench bench) {
      Done done = done(bench);
      Score clean = done.score(bench, done.before);
      Score left = done.score(bench, done.after);
      bench.progress().on(new TrainEvent.Attacked(net.name(), attack, done.after.size(), clean.accuracy(), left.accuracy()));
      return new Result.Scored(left);
    }

    private Done done(Bench bench) {
      DataSplit split = bench.shown(net, data);
      Computation own = bench.loss(net, data, loss);
      if (own instanceof Objective || own instanceof Comparison) {
        throw new MistakeException(Code.L119, at, net.name() + " was trained by another loss than one of its own output and a class", "");
      }
      int some = Math.min(count, split.test().size());
      Pixels.require(at, data.name(), split.test(), some);
      Model model = bench.trained(net).model();
      Held after = bench.engine().attacked(model, split, some, own, attack, aim(split), bench.seed());
      return new Done(split, model, own, Held.of(split.test(), split.world().normalization(), 0, some), after);
    }

    private OptionalInt aim(DataSplit split) {
      if (toward.isEmpty()) {
        return OptionalInt.empty();
      }
      List<String> names = split.classNames();
      int named = names.indexOf(toward);
      if (named < 0) {
        throw new MistakeException(Code.L015, atClass, data.name() + " has no class `" + toward + "`", Suggestions.remedy(atClass, toward, names));
      }
      return OptionalInt.of(named);
    }
  }

  /** @param before the images as they are @param after as they are attacked */
  private record Done(DataSplit split, Model model, Computation loss, Held before, Held after) {
    private Score score(Bench bench, Held images) {
      return bench.engine().test(model, new DataSplit(split.name(), split.train(), null, images, null, split.world()), loss, Listener.NONE);
    }
  }

  private record Shown(Of of) implements Deed {
    @Override
    public Gives gives() {
      return Gives.EXHIBIT;
    }

    @Override
    public Result run(Bench bench) {
      Done done = of.done(bench);
      return new Result.Shown(new Attacked(
          of.net.name() + " under " + of.attack, done.split, done.before, done.after, of.attack.eps(),
          bench.engine().predict(done.model, done.before, done.loss), bench.engine().predict(done.model, done.after, done.loss)).gallery());
    }
  }
}
