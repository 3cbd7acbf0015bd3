package dev.lanewise.runtime.federate;

import static dev.lanewise.runtime.signature.Argument.optional;
import static dev.lanewise.runtime.signature.Argument.required;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The partitions, methods and kinds of privacy as users call them. */
public final class Words {
  /** @throws IllegalArgumentException when it is bound, naming the argument that makes no sense */
  public record Definition<T>(Signature signature, Function<Arguments, T> binder) {}

  private static final Argument.Type NUMBER = Argument.Type.NUMBER;

  private static final List<Definition<Partition>> PARTITIONS = List.of(
      new Definition<>(Signature.of("iid", "shuffled and dealt out: each client has the same mixture"), _ -> new Partition.Iid()),
      new Definition<>(
          Signature.of("by_class", "sorted by class and cut into pieces, of which each client gets some (McMahan et al. 2017)",
              required("classes", Argument.Type.INTEGER, "pieces of each client: at most so many classes, mostly")),
          a -> new Partition.ByClass(a.integer("classes"))),
      new Definition<>(
          Signature.of("by", "a client for each value of a column: each writer, speaker or user",
              required("column", Argument.Type.COLUMN, "what `group` of the data names, or a part of the examples that is a whole number")),
          a -> new Partition.ByColumn(a.text("column"))),
      new Definition<>(
          Signature.of("dirichlet", "of each class the clients' shares are drawn (Hsu, Qi and Brown 2019)",
              required("alpha", NUMBER, "the smaller, the fewer clients have most of a class")),
          a -> new Partition.Dirichlet(a.number("alpha"))));

  private static final List<Definition<Method>> METHODS = List.of(
      new Definition<>(
          Signature.of("fedavg", "the server takes the mean of the clients' parameters (McMahan et al. 2017)",
              optional("momentum", NUMBER, 0.0, "of the server (Hsu, Qi and Brown 2019)")),
          a -> Method.fedavg(a.number("momentum"))),
      new Definition<>(
          Signature.of("fedprox", "each client is drawn to the parameters it began with (Li et al. 2020)", required("mu", NUMBER, "how strongly")), a -> Method.fedprox(a.number("mu"))),
      new Definition<>(Signature.of("scaffold", "steps are corrected for what clients have apart (Karimireddy et al. 2020)"), _ -> Method.scaffold()),
      new Definition<>(
          Signature.of("fedadam", "the server follows the mean of the changes as Adam does (Reddi et al. 2021)",
              required("rate", NUMBER, "of the server"), optional("momentum", NUMBER, 0.9, "beta1 of the server")),
          a -> new Method("fedadam", 0, false, a.number("rate"), a.number("momentum"), true)));

  private static final List<Definition<Privacy>> PRIVACIES = List.of(
      new Definition<>(
          Signature.of("gaussian", "clients' changes are brought down to a norm, and the server adds normal noise to their sum (McMahan et al. 2018)",
              required("clip", NUMBER, "the largest norm of a client's change"), required("noise", NUMBER, "its deviation, in multiples of clip"),
              optional("delta", NUMBER, 1e-5, "how likely the guarantee may fail: well below 1 / clients")),
          a -> new Privacy(a.number("clip"), a.number("noise"), a.number("delta"))));

  private Words() {}

  public static List<Definition<Partition>> partitions() {
    return PARTITIONS;
  }

  public static List<Definition<Method>> methods() {
    return METHODS;
  }

  public static List<Definition<Privacy>> privacies() {
    return PRIVACIES;
  }

  /** The one of that name. */
  public static <T> Optional<Definition<T>> named(List<Definition<T>> all, String name) {
    return all.stream().filter(d -> d.signature().name().equals(name)).findFirst();
  }
}
