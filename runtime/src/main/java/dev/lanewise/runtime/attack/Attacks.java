package dev.lanewise.runtime.attack;

import dev.lanewise.runtime.signature.Argument;
import dev.lanewise.runtime.signature.Arguments;
import dev.lanewise.runtime.signature.Signature;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every attack there is. */
public final class Attacks {
  /** An attack as users call it. */
  public record Definition(Signature signature, Function<Arguments, Attack> binder) {
    /** @throws IllegalArgumentException naming the argument that makes no sense */
    public Attack bind(Arguments arguments) {
      return binder.apply(arguments);
    }
  }

  private static final Argument EPS = Argument.required("eps", Argument.Type.NUMBER, "how far each pixel may go, of pixels from 0 to 1");

  private static final List<Definition> ALL = List.of(
      new Definition(
          Signature.of(
              "fgsm", "one step along the signs of the gradient (Goodfellow et al. 2015)", EPS,
              Argument.optional("step", Argument.Type.NUMBER, 0.0, "how far it goes; 0 means eps, and 1.25 eps from a random start"), start("none")),
          a -> fgsm(a.number("eps"), a.number("step"), isRandom(a))),
      new Definition(
          Signature.of(
              "pgd", "many small steps along the signs of the gradient (Madry et al. 2018)", EPS,
              Argument.optional("steps", Argument.Type.INTEGER, 40, "so many"),
              Argument.optional("step", Argument.Type.NUMBER, 0.0, "how far each of them goes; 0 means 2.5 eps / steps"),
              Argument.optional("restarts", Argument.Type.INTEGER, 1, "how often it is tried from another random start; the worst remains"), start("random")),
          a -> pgd(a.number("eps"), a.integer("steps"), a.number("step"), a.integer("restarts"), isRandom(a))));

  private Attacks() {}

  public static List<Definition> all() {
    return ALL;
  }

  public static Optional<Definition> named(String name) {
    return ALL.stream().filter(a -> a.signature().name().equals(name)).findFirst();
  }

  private static Argument start(String usual) {
    return Argument.optional("start", Argument.Type.START, usual, "`none` begins at the image itself, `random` within eps of it");
  }

  private static boolean isRandom(Arguments arguments) {
    return arguments.text("start").equals("random");
  }

  private static Attack fgsm(double eps, double step, boolean random) {
    Attack usual = Attack.fgsm(eps, random);
    return new Attack("fgsm", eps, 1, step == 0 ? usual.step() : step, 1, random);
  }

  private static Attack pgd(double eps, int steps, double step, int restarts, boolean random) {
    return new Attack("pgd", eps, steps, step == 0 ? Attack.step(eps, Math.max(1, steps)) : step, restarts, random);
  }
}
