package dev.lanewise.dsl.verb;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.meaning.CheckedData;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.meaning.Fit;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.tensor.Shape;

/** What must hold of the arguments of a call besides their kinds. */
public enum Need {
  /** The examples can be put into the network, and it has as many outputs as there are numbers to predict. */
  FITS {
    @Override
    boolean holds(Given given, CheckedNet net, CheckedData data) {
      Fit fit = new Fit(given.problems());
      return fit.takes(given.span(), net, data) && (!given.losses().comparesOutput(net) || fit.predicts(given.span(), net, data));
    }
  },
  /** The examples can be put into the network, whatever it gives. */
  TAKES {
    @Override
    boolean holds(Given given, CheckedNet net, CheckedData data) {
      return new Fit(given.problems()).takes(given.span(), net, data);
    }
  },
  /** It is known what is right for the examples to test on. */
  ANSWERED {
    @Override
    boolean holds(Given given, CheckedNet net, CheckedData data) {
      return new Fit(given.problems()).isAnswered(given.span(), net, data);
    }
  },
  /** The examples have classes. */
  CLASSES {
    @Override
    boolean holds(Given given, CheckedNet net, CheckedData data) {
      if (data.target().isNumbers()) {
        given.problems().report(
            Code.L016, given.span(),
            "`" + given.signature().name() + "` needs classes, but the examples of " + data.name() + " have numbers to predict", "");
      }
      boolean tells = comparesOutput(given, net, data);
      if (!tells) {
        given.problems().report(
            Code.L016, given.span(), "`" + given.signature().name() + "` needs a network whose output tells classes apart, but " + net.name() + " is trained by a loss of something else",
            "test(" + net.name() + ", " + data.name() + ") tells what it has learnt");
      }
      return tells && !data.target().isNumbers();
    }
  };

  abstract boolean holds(Given given, CheckedNet net, CheckedData data);

  /** False, and reported, if it is not so of the first network and the first data among the arguments. */
  public boolean holds(Given given) {
    return holds(given, net(given), data(given));
  }

  /** Whether what a network gives itself is compared with what is to be learned; otherwise its heads may be. */
  public static boolean comparesOutput(Given given, CheckedNet net, CheckedData data) {
    return given.losses().comparesOutput(net)
        && (net.heads().isEmpty() || !data.hasParts() || given.losses().fitting(net, data.fields()).map(Objective::comparesOutput).orElse(true));
  }

  private static CheckedNet net(Given given) {
    return given.signature().arguments().stream().map(given.values()::get).flatMap(v -> Given.netOf(v).stream()).findFirst().orElse(null);
  }

  private static CheckedData data(Given given) {
    Examples examples = first(given, Examples.class);
    return examples == null ? first(given, CheckedData.class) : examples.data();
  }

  private static <T> T first(Given given, Class<T> type) {
    return given.signature().arguments().stream().map(given.values()::get).filter(type::isInstance).map(type::cast).findFirst().orElse(null);
  }

  /** Whether points of data lie in a plane, or on a line. */
  public static boolean isFlat(CheckedData data, int numbers) {
    Shape shape = data.origin().shape();
    return !data.hasParts() && shape.isFlat() && shape.size() == numbers;
  }
}
