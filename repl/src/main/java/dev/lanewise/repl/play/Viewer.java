package dev.lanewise.repl.play;

import dev.lanewise.dsl.glass.Glass;
import dev.lanewise.dsl.glass.Glimpse;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.glass.Walkthrough;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks at a network through a {@link Glass}, on a thread of its own, while another one may train it, and a third one goes through its numbers. */
final class Viewer implements AutoCloseable {
  /** What a page looks at. @param layers that are drawn, by their columns */
  record View(Glimpse.Shown example, Map<String, String> layers, boolean isBack) {}

  static final String NO_NETWORK = "{\"name\":null}";
  /** At most ten pictures a second. */
  static final long TENTH = 100_000_000;
  /** Pictures take at most this share of the time of all processors while a network learns. */
  static final double SHARE = 0.02;

  private final Options options;
  private final Stream stream;
  private final Worker eyes;
  private final Worker walker;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile Glass glass;
  private volatile View view;
  private volatile boolean learnt;
  private volatile String net = NO_NETWORK;
  private volatile String acts;
  private volatile long pause = TENTH;
  private long number;
  private long lookedAt;

  Viewer(Options options, Stream stream, Consumer<Throwable> faults) {
    this.options = options;
    this.stream = stream;
    this.eyes = new Worker("play-eyes", fault -> {
      looking.set(false);
      faults.accept(fault);
    });
    this.walker = new Worker("play-walk", faults);
  }

  /** The network as it is drawn, in JSON. */
  String net() {
    return net;
  }

  /** The last picture that was told; empty if there is none. */
  Optional<String> acts() {
    return Optional.ofNullable(acts);
  }

  boolean hasNetwork() {
    return !net.equals(NO_NETWORK);
  }

  /** Whether it is still this network that is looked at. */
  boolean isOf(Trained trained) {
    Glass through = glass;
    return through != null && through.isOf(trained);
  }

  /** The network has learnt, or begins with random parameters again. */
  void learnt(boolean has) {
    learnt = has;
  }

  /** Looks at what a script has made; empty if that is no network. On the thread that runs it. */
  void see(Optional<Scene> scene) {
    // Whoever asks meanwhile still sees the one before.
    Glass made = scene.map(this::glass).orElse(null);
    try {
      eyes.ask(() -> {
        Glass before = glass;
        View old = view;
        boolean fits = made != null && old != null && old.example().shape().equals(scene.get().trained().net().input());
        view = fits ? again(made, old) : null;
        glass = made;
        if (before != null) {
          before.close();
        }
        return made;
      });
    } catch (Refusal closed) {
      // Nobody looks any more.
      return;
    }
    net = scene.map(s -> Sight.net(made, s.trained().net(), learnt)).orElse(NO_NETWORK);
    acts = scene.isEmpty() ? null : acts;
    stream.tell("net", net);
  }

  /** Null if the network can be drawn, but not looked into: there are no examples for it. */
  private Glass glass(Scene scene) {
    try {
      return new Glass(scene, options.kernels());
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  /** The same example, if the other network takes it, and has it. */
  private static View again(Glass made, View old) {
    int index = old.example().index();
    if (index < 0 && !made.takesOwn()) {
      return null;
    }
    return new View(index >= 0 && index < made.count() ? made.example(index) : made.own(old.example().pixels()), old.layers(), old.isBack());
  }

  /** Takes the values that the network has now; on the thread that trains, between two batches. @param certainly even if that was just done */
  void follow(Optional<Trained> learner, boolean certainly) {
    long now = System.nanoTime();
    Glass through = glass;
    if (through == null || !certainly && (now - lookedAt < pause || looking.get())) {
      return;
    }
    lookedAt = now;
    learner.filter(through::isOf).map(Trained::still).ifPresent(still -> {
      long copied = System.nanoTime() - now;
      looking.set(true);
      eyes.submit(() -> {
        long begin = System.nanoTime();
        through.take(still);
        View what = view;
        if (what != null && glass == through) {
          acts = picture(through, what);
          stream.tell("acts", acts);
        }
        looking.set(false);
        pause = Math.max(TENTH, (long) ((System.nanoTime() - begin + copied) / SHARE / options.threads()));
      });
    });
  }

  /** On the thread that looks. */
  private String picture(Glass through, View what) {
    long begin = System.nanoTime();
    boolean isBack = what.isBack() && through.isDifferentiable();
    Glimpse glimpse = isBack ? through.backward(what.example()) : through.look(what.example());
    return Sight.glimpse(++number, glimpse, what.layers(), isBack, learnt, (System.nanoTime() - begin) / 1e6);
  }

  /** Shows something else from now on, and at once. */
  String show(Function<Glass, View> wanted) {
    return looked(through -> {
      view = wanted.apply(through);
      acts = picture(through, view);
      return acts;
    });
  }

  /** What is shown now. */
  View view() {
    View now = view;
    if (now == null) {
      throw Refusal.of("nothing is shown yet", "");
    }
    return now;
  }

  /** Something seen through the glass. @throws Refusal if there is no network to look into */
  <T> T looked(Function<Glass, T> how) {
    return eyes.ask(() -> {
      // On the thread that closes it: what is here is open.
      Glass through = glass;
      if (through == null) {
        throw Refusal.of("there is no network that can be looked into", "");
      }
      return how.apply(through);
    });
  }

  /** Something of a walk through what is shown. It takes longer than a look: no picture waits for it. */
  <T> T walked(Function<Walkthrough, T> how) {
    return walked(looked(through -> through.walkthrough(view().example())), how);
  }

  <T> T walked(Walkthrough walkthrough, Function<Walkthrough, T> how) {
    return walker.ask(() -> how.apply(walkthrough));
  }

  @Override
  public void close() {
    Glass last = glass;
    glass = null;
    if (last != null) {
      eyes.submit(last::close);
    }
    eyes.close();
    walker.close();
  }
}
