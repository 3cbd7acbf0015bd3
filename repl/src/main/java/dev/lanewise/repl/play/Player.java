package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.glass.Exam;
import dev.lanewise.dsl.glass.Glass;
import dev.lanewise.dsl.glass.Glimpse;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.dsl.session.Checkup;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Completions;
import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.train.Control;
import dev.lanewise.runtime.train.TrainEvent;
import dev.lanewise.runtime.train.TrainSettings;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One page's session: a thread that runs its script, and another one that looks at the network meanwhile, through a {@link Glass}. What happens goes into the {@link Stream}.
 */
final class Player implements SessionListener, AutoCloseable {
  /** What the session does. */
  enum Phase {
    /** There is no network yet. */
    EMPTY,
    /** The script is being taken. */
    READING,
    /** It waits. */
    READY,
    TRAINING,
    PAUSED,
    /** It runs something else. */
    BUSY
  }

  /** What a page looks at. @param layers that are drawn, by their columns */
  record View(Glimpse.Shown example, Map<String, String> layers, boolean isBack) {}

  private static final long TENTH = 100_000_000;
  /** Pictures take at most this share of the time of all processors while a network learns, and tests as much. */
  private static final double SHARE = 0.02;
  /** Examples that a network is tested on after each epoch. */
  private static final int TESTED = 1000;
  private static final int WORST = 6;
  private static final int MOST_BATCH = 65_536;

  private final Options options;
  private final Session session;
  private final Stream stream = new Stream();
  private final Runs runs = new Runs();
  private final Log log;
  private volatile Phrases phrases;
  private final ExecutorService work = Executors.newSingleThreadExecutor(r -> Thread.ofPlatform().daemon().name("play").unstarted(r));
  private final ExecutorService eyes = Executors.newSingleThreadExecutor(r -> Thread.ofPlatform().daemon().name("play-eyes").unstarted(r));
  private final ExecutorService judge = Executors.newSingleThreadExecutor(r -> Thread.ofPlatform().daemon().name("play-judge").unstarted(r));
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean testing = new AtomicBoolean();
  private final BlockingQueue<Control.Next> decisions = new ArrayBlockingQueue<>(1);
  private volatile Source source;
  private volatile String name = "";
  private volatile Phase phase = Phase.EMPTY;
  private volatile Glass glass;
  private volatile Exam exam;
  private volatile View view;
  private volatile boolean stepping;
  private volatile boolean stopping;
  private volatile boolean pausing;
  private volatile double rate;
  private volatile int batch;
  /** The size of the batches, where it is no longer that of the script. */
  private int changed;
  /** Epochs that are left for batches of another size; 0 if the training does not end for them. */
  private int left;
  private volatile String lastNet = "{\"name\":null}";
  private volatile String lastActs;
  private volatile String lastTested;
  private volatile boolean learnt;
  private volatile boolean preparing;
  private boolean quiet;
  private final List<Diagnostic> wrong = new ArrayList<>();
  private long number;
  private long toldAt;
  private long epochAt;
  private long lookedAt;
  private volatile long pause = TENTH;
  /** When a test ended, and how long after it the next one may begin: so it takes its share of the time, and no more. */
  private volatile long testedAt;
  private volatile long testPause;

  Player(Options options, Source source, String name) {
    this.options = options;
    this.source = source;
    this.name = name;
    this.session = new Session(options, this);
    this.phrases = phrases(options.language());
    this.log = new Log(options.language());
  }

  /** What is said in a language, by the language and by the command. */
  static Phrases phrases(Language language) {
    return Voice.of(new Output(OutputStream.nullOutputStream()), Style.PLAIN, language, dev.lanewise.repl.text.Window.NONE).phrases();
  }

  Phrases phrases() {
    return phrases;
  }

  Stream stream() {
    return stream;
  }

  Language language() {
    return phrases.language();
  }

  /** From now on it speaks another language. */
  void speak(Language language) {
    if (phrases.language() != language) {
      phrases = phrases(language);
      log.speak(language);
    }
  }

  Source source() {
    return source;
  }

  String name() {
    return name;
  }

  /** What could come next in a script: any, for the page's text is not bound yet. */
  List<Completions.Completion> completions(String before) {
    return Completions.at(Checkup.scope(source.with(before)), before);
  }

  /** How the call that is being typed is called; nothing outside of calls. */
  String tip(String before) {
    return Completions.tip(Checkup.scope(source.with(before)), before).orElse("");
  }

  /** Another size of the batches, from the next epoch on: then the training ends there, and another one goes on. */
  void batch(int size) {
    if (size < 1 || size > MOST_BATCH) {
      throw Refusal.of("a batch has 1 to " + MOST_BATCH + " examples", "");
    }
    if (phase != Phase.TRAINING && phase != Phase.PAUSED) {
      throw Refusal.of("nothing is trained", "write it into the script: batch = " + size);
    }
    batch = size;
  }

  Phase phase() {
    return phase;
  }

  boolean isWorking() {
    return phase == Phase.TRAINING || phase == Phase.BUSY || phase == Phase.READING || phase == Phase.PAUSED;
  }

  /** What a page has to know that comes, or comes back, in the order in which it is told. */
  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("state", state(""));
    all.put("net", lastNet);
    all.put("runs", runs.all());
    all.put("log", log.all());
    if (lastActs != null) {
      all.put("acts", lastActs);
    }
    if (lastTested != null) {
      all.put("tested", lastTested);
    }
    return all;
  }

  private String state(String message) {
    return new JsonWriter().beginObject().name("phase").value(phase.name().toLowerCase(Locale.ROOT)).name("name").value(name).name("text").value(source.text())
        .name("language").value(language().code()).name("message").value(message).endObject().toString();
  }

  private void enter(Phase next) {
    enter(next, "");
  }

  private void enter(Phase next, String message) {
    phase = next;
    stream.tell("state", state(message));
  }

  /** Takes a script, if nothing is at work: its networks and data are made. */
  void take(Source script, String called) {
    submit(() -> prepare(script, called));
  }

  private boolean prepare(Source script, String called) {
    source = script;
    name = called;
    enter(Phase.READING);
    wrong.clear();
    log.clear();
    stream.tell("log", log.all());
    preparing = true;
    Outcome outcome = session.prepare(script);
    preparing = false;
    diagnosed();
    if (outcome == Outcome.OK) {
      learnt = false;
      lastTested = null;
      see();
    }
    enter(glass == null && lastNet.startsWith("{\"name\":null") ? Phase.EMPTY : Phase.READY);
    return outcome == Outcome.OK;
  }

  private void diagnosed() {
    JsonWriter json = new JsonWriter().beginObject();
    Checks.diagnostics(json, source, wrong, phrases);
    stream.tell("diagnosed", json.endObject().toString());
  }

  /** Looks at what the script has made. On the thread that runs it. */
  private void see() {
    Optional<Scene> scene = session.scene();
    Glass before = glass;
    glass = null;
    if (before != null) {
      onEyes(() -> {
        before.close();
        return null;
      });
    }
    if (scene.isEmpty()) {
      lastNet = "{\"name\":null}";
      lastActs = null;
      view = null;
      stream.tell("net", lastNet);
      return;
    }
    CheckedNet net = scene.get().trained().net();
    Glass made = glass(scene.get());
    lastNet = Sight.net(made, net, learnt);
    View old = view;
    view = null;
    glass = made;
    Exam earlier = exam;
    exam = made == null ? null : new Exam(scene.get(), options.kernels());
    if (earlier != null) {
      submit(judge, earlier::close);
    }
    stream.tell("net", lastNet);
    if (made != null && old != null && old.example().shape().equals(net.input())) {
      view = new View(old.example().index() >= 0 && old.example().index() < made.count() ? made.example(old.example().index()) : made.own(old.example().pixels()), old.layers(), old.isBack());
    }
  }

  /** Null if the network can be drawn, but not looked into: there are no examples for it. */
  private Glass glass(Scene scene) {
    try {
      return new Glass(scene, options.kernels());
    } catch (IllegalArgumentException none) {
      return null;
    }
  }

  /** Begins anew with a script, and runs all of it. */
  void run(Source script, String called) {
    stop();
    submit(() -> {
      if (prepare(script, called)) {
        goOn();
      }
    });
  }

  /** Runs what is left of the script; once more, the training goes on from what has been learnt. */
  void train() {
    if (phase == Phase.PAUSED) {
      decide();
    } else if (phase == Phase.READY) {
      submit(this::goOn);
    } else {
      throw Refusal.of(phase == Phase.EMPTY ? "there is no network yet" : "it is at work already", phase == Phase.EMPTY ? "choose a script, or write one" : "");
    }
  }

  private void goOn() {
    stopping = false;
    pausing = false;
    decisions.clear();
    enter(Phase.BUSY);
    batch = 0;
    changed = 0;
    left = 0;
    Outcome outcome = session.goOn();
    while (left > 0) {
      Optional<Rest> rest = Rest.of(source, batch, left);
      changed = batch;
      batch = 0;
      left = 0;
      if (rest.isPresent()) {
        source = rest.get().script();
        outcome = session.run(rest.get().left());
      }
    }
    stepping = false;
    if (runs.areThere() && phase == Phase.TRAINING) {
      stream.tell("ended", runs.ended(outcome == Outcome.MISTAKE ? "mistake" : "stopped"));
    }
    session.scene().ifPresent(s -> {
      if (glass != null && glass.isOf(s.trained())) {
        look(true);
        test(TESTED * 10);
      } else {
        see();
      }
    });
    enter(Phase.READY);
  }

  private void decide() {
    double wanted = rate;
    rate = 0;
    decisions.offer(wanted > 0 ? new Control.Next.Rate(wanted) : Control.GO_ON);
  }

  /** The report of the training that has ended. @throws Refusal if there is none yet, or something is at work */
  void report(Path file) {
    if (phase != Phase.READY) {
      throw Refusal.of("a report is written when nothing is at work", "stop the training");
    }
    Optional<Outcome> written = on(work, () -> {
      // To a file that nobody is told of.
      quiet = true;
      try {
        return session.report(file);
      } finally {
        quiet = false;
      }
    });
    if (written.isEmpty()) {
      throw Refusal.of("there is no training to report on", "train the network for an epoch");
    }
    if (written.get() != Outcome.OK) {
      throw Refusal.of("the report could not be written: the lines below the script say why", "");
    }
  }

  void pause() {
    if (phase != Phase.TRAINING) {
      throw Refusal.of("nothing is trained", "");
    }
    pausing = true;
    session.interrupt();
  }

  /** One batch, and then it waits. */
  void step() {
    stepping = true;
    train();
  }

  void stop() {
    stopping = true;
    if (phase == Phase.PAUSED) {
      decisions.offer(Control.STOP);
    } else if (isWorking()) {
      session.interrupt();
    }
  }

  void rate(double value) {
    if (!(value > 0) || value > 1e6) {
      throw Refusal.of("a learning rate must be above 0", "");
    }
    rate = value;
    if (phase == Phase.TRAINING) {
      session.interrupt();
    }
  }

  @Override
  public void on(SessionEvent event) {
    switch (event) {
      case SessionEvent.Training(TrainEvent.Batch batch) -> batch(batch);
      case SessionEvent.Training(TrainEvent.Preparing _) -> { }
      case SessionEvent.Training(TrainEvent told) -> training(told);
      case SessionEvent.Diagnosed(Diagnostic d) -> {
        wrong.add(d);
        if (!preparing) {
          diagnosed();
          say(event);
        }
      }
      case SessionEvent.Defined _ -> { }
      case SessionEvent.Wrote _ when quiet -> { }
      default -> say(event);
    }
  }

  private void say(SessionEvent event) {
    log.on(event).ifPresent(line -> stream.tell("said", line));
  }

  private void training(TrainEvent event) {
    switch (event) {
      case TrainEvent.Started s -> {
        Optional<TrainSettings> settings = session.training().map(CheckedTrain::settings);
        int size = changed > 0 ? changed : settings.map(TrainSettings::batch).orElse(0);
        stream.tell("started", runs.started(s, settings.map(t -> t.optimizer().lr()).orElse(Double.NaN), size));
        enter(Phase.TRAINING);
      }
      case TrainEvent.Epoch e -> {
        String told = runs.epoch(e);
        long now = System.nanoTime();
        // Of short ones some are enough: a page that comes back has all of them.
        if (now - epochAt >= TENTH || e.epoch() == e.epochs()) {
          epochAt = now;
          stream.tell("epoch", told);
        }
        look(false);
        test(TESTED);
        if (batch > 0 && e.epoch() < e.epochs()) {
          left = e.epochs() - e.epoch();
          session.interrupt();
        }
      }
      case TrainEvent.RateChanged r -> stream.tell("rate", new JsonWriter().beginObject().name("rate").value(r.to()).endObject().toString());
      case TrainEvent.Ended e -> {
        learnt = true;
        stream.tell("ended", runs.ended(e.interrupted() ? "stopped" : "ok"));
        enter(Phase.BUSY);
        say(new SessionEvent.Training(e));
      }
      default -> say(new SessionEvent.Training(event));
    }
  }

  private void batch(TrainEvent.Batch batch) {
    runs.batch(batch);
    long now = System.nanoTime();
    if (now - toldAt >= TENTH) {
      toldAt = now;
      stream.tell("batch", runs.told(batch));
    }
    learnt = true;
    look(false);
    if (stepping) {
      session.interrupt();
    }
  }

  /** Takes the values that the network has now to where it is looked at; on the thread that trains, between two batches. @param certainly even if that was just done */
  private void look(boolean certainly) {
    long now = System.nanoTime();
    Glass through = glass;
    if (through == null || !certainly && (now - lookedAt < pause || looking.get())) {
      return;
    }
    lookedAt = now;
    Optional<Trained> trained = session.learner().filter(through::isOf);
    if (trained.isEmpty()) {
      return;
    }
    Trained still = trained.get().still();
    long copied = System.nanoTime() - now;
    looking.set(true);
    submit(eyes, () -> {
      long begin = System.nanoTime();
      through.take(still);
      if (view != null) {
        tell(picture(through, view));
      }
      looking.set(false);
      double cost = System.nanoTime() - begin + copied;
      pause = Math.max(TENTH, (long) (cost / SHARE / options.threads()));
    });
  }

  /** On the thread that trains; judged by another one, so that whoever looks need not wait. */
  private void test(int most) {
    Glass through = glass;
    Exam by = exam;
    Optional<Trained> now = session.learner();
    boolean isLast = most > TESTED;
    if (through != null && by != null && now.isPresent() && (isLast || System.nanoTime() - testedAt > testPause && !testing.getAndSet(true))) {
      Trained still = now.get().still();
      submit(judge, () -> {
        testing.set(false);
        long begin = System.nanoTime();
        Optional<Glimpse.Tested> made = by.of(still, most, WORST);
        testedAt = System.nanoTime();
        testPause = (long) ((testedAt - begin) / SHARE / options.threads());
        made.ifPresent(t -> {
          lastTested = Sight.tested(t, through.classes());
          stream.tell("tested", lastTested);
        });
      });
    }
  }

  private void tell(String acts) {
    lastActs = acts;
    stream.tell("acts", acts);
  }

  /** On the thread that looks. */
  private String picture(Glass through, View what) {
    long begin = System.nanoTime();
    Glimpse glimpse = what.isBack() && through.isDifferentiable() ? through.backward(what.example()) : through.look(what.example());
    return Sight.glimpse(++number, glimpse, what.layers(), what.isBack() && through.isDifferentiable(), learnt, (System.nanoTime() - begin) / 1e6);
  }

  /** Shows something else from now on, and at once. */
  String show(Function<Glass, View> wanted) {
    return looked(through -> {
      view = wanted.apply(through);
      lastActs = picture(through, view);
      return lastActs;
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
    Glass through = glass;
    if (through == null) {
      throw Refusal.of("there is no network that can be looked into", "");
    }
    return onEyes(() -> how.apply(through));
  }

  private <T> T onEyes(Callable<T> how) {
    return on(eyes, how);
  }

  private static <T> T on(ExecutorService who, Callable<T> how) {
    try {
      return who.submit(how).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
    } catch (InterruptedException | RejectedExecutionException closed) {
      throw new Refusal(410, "this page is closed", "load it again");
    }
  }

  private void submit(Runnable task) {
    submit(work, task);
  }

  /** A fault of ours is told, and ends nothing. */
  private void submit(ExecutorService who, Runnable task) {
    try {
      who.execute(() -> {
        try {
          task.run();
        } catch (Throwable fault) {
          looking.set(false);
          say(new SessionEvent.Failed(name, fault));
          if (who == work) {
            enter(Phase.READY);
          }
        }
      });
    } catch (RejectedExecutionException closed) {
      // Nobody looks any more.
    }
  }

  @Override
  public Control.Next paused(Paused training) {
    if (stopping || left > 0) {
      left = stopping ? 0 : left;
      return Control.STOP;
    }
    if (rate > 0 && !pausing && !stepping) {
      double wanted = rate;
      rate = 0;
      return training.series().isPresent() ? Control.GO_ON : new Control.Next.Rate(wanted);
    }
    pausing = false;
    stepping = false;
    stream.tell("batch", runs.told(training.batch()));
    look(true);
    decisions.clear();
    enter(Phase.PAUSED);
    try {
      Control.Next next = decisions.take();
      enter(Phase.TRAINING);
      return next;
    } catch (InterruptedException closed) {
      return Control.STOP;
    }
  }

  @Override
  public void close() {
    stop();
    work.shutdownNow();
    stream.close();
    eyes.execute(() -> {
      if (glass != null) {
        glass.close();
      }
    });
    eyes.shutdown();
    Exam last = exam;
    if (last != null) {
      submit(judge, last::close);
    }
    judge.shutdown();
    Thread.ofVirtual().start(() -> {
      try {
        work.awaitTermination(1, java.util.concurrent.TimeUnit.HOURS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      session.close();
    });
  }
}
