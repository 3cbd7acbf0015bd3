package dev.lanewise.repl.play;

import dev.lanewise.dsl.diagnostic.Diagnostic;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.glass.Scene;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import dev.lanewise.dsl.meaning.CheckedTrain;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.Paused;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.dsl.run.SessionListener;
import dev.lanewise.dsl.session.Checkup;
import dev.lanewise.dsl.session.Session;
import dev.lanewise.dsl.typing.Completions;
import dev.lanewise.repl.text.Output;
import dev.lanewise.repl.text.Style;
import dev.lanewise.repl.text.Voice;
import dev.lanewise.repl.tutorial.Course;
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

/**
 * One page's session: a thread that runs its script, while a {@link Viewer} looks at its network and a {@link Judge} tests it. What happens goes into the {@link Stream}.
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

  private final Options options;
  private final Session session;
  private final Stream stream = new Stream();
  private final Runs runs = new Runs();
  private final Log log;
  private volatile Phrases phrases;
  private final Worker work = new Worker("play", fault -> {
    failed(fault);
    enter(Phase.READY);
  });
  private final Viewer viewer;
  private final Judge judge;
  private final Sliders sliders;
  /** Whether a training that waits goes on. */
  private final BlockingQueue<Boolean> decisions = new ArrayBlockingQueue<>(1);
  private volatile Source source;
  private volatile String name = "";
  private volatile Phase phase = Phase.EMPTY;
  private volatile boolean stepping;
  private volatile boolean stopping;
  private volatile boolean pausing;
  private volatile boolean preparing;
  private boolean quiet;
  /** Whether what follows the definitions has been run, too, without a mistake. */
  private boolean hasRun;
  private final List<Diagnostic> wrong = new ArrayList<>();
  private long toldAt;
  private long epochAt;
  Player(Options options, Source source, String name) {
    this.options = options;
    this.source = source;
    this.name = name;
    this.session = new Session(options, this);
    this.sliders = new Sliders(session);
    this.phrases = phrases(options.language());
    this.log = new Log(options.language());
    this.viewer = new Viewer(options, stream, this::failed);
    this.judge = new Judge(options, stream, this::failed);
  }

  private void failed(Throwable fault) {
    say(new SessionEvent.Failed(name, fault));
  }

  /** Who looks at its network. */
  Viewer viewer() {
    return viewer;
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

  /** Another size of the batches, from the next epoch on. Where nothing is trained the script has it. */
  void batch(int examples) {
    Sliders.checkBatch(examples);
    switch (phase) {
      case TRAINING -> {
        sliders.wishBatch(examples);
        session.interrupt();
      }
      case PAUSED -> sliders.wishBatch(examples);
      case READY -> work.submit(() -> write(Rest.batch(source, examples)));
      case EMPTY, READING, BUSY -> throw Refusal.of("nothing is trained", "write it into the script: batch = " + examples);
    }
  }

  /** Takes a script with another setting of its training; what has been learnt stays. */
  private void write(Optional<Rest> rest) {
    if (rest.filter(r -> session.adopt(r.script(), r.left())).isPresent()) {
      source = rest.get().script();
      hasRun = false;
      sliders.read();
    }
    // Otherwise the page hears what the script still says.
    enter(phase);
  }

  private Control.Next wished(Paused training) {
    return sliders.wished(training, unfit -> enter(phase, phrases.say(unfit)));
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
    all.put("net", viewer.net());
    all.put("runs", runs.all());
    all.put("log", log.all());
    viewer.acts().ifPresent(acts -> all.put("acts", acts));
    judge.last().ifPresent(tested -> all.put("tested", tested));
    return all;
  }

  private String state(String message) {
    JsonWriter json = new JsonWriter().beginObject().name("phase").value(phase.name().toLowerCase(Locale.ROOT)).name("name").value(name).name("text").value(source.text())
        .name("language").value(language().code()).name("message").value(message);
    sliders.tell(json);
    return json.endObject().toString();
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
    work.submit(() -> prepare(script, called));
  }

  private boolean prepare(Source script, String called) {
    source = script;
    name = called;
    enter(Phase.READING);
    wrong.clear();
    log.clear();
    stream.tell("log", log.all());
    hasRun = false;
    preparing = true;
    Outcome outcome = session.prepare(script);
    preparing = false;
    diagnosed();
    if (outcome == Outcome.OK) {
      viewer.learnt(false);
      see();
      sliders.read();
    }
    enter(viewer.hasNetwork() ? Phase.READY : Phase.EMPTY);
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
    viewer.see(scene);
    judge.of(scene);
  }

  /** Begins anew with a script, and runs all of it. */
  void run(Source script, String called) {
    stop();
    work.submit(() -> {
      if (prepare(script, called)) {
        goOn();
      }
    });
  }

  /** Runs what is left of the script; once more, the training goes on from what has been learnt. */
  void train() {
    if (phase == Phase.PAUSED) {
      decisions.offer(true);
    } else if (phase == Phase.READY) {
      work.submit(this::goOn);
    } else {
      throw Refusal.of(phase == Phase.EMPTY ? "there is no network yet" : "it is at work already", phase == Phase.EMPTY ? "choose a script, or write one" : "");
    }
  }

  private void goOn() {
    stopping = false;
    pausing = false;
    decisions.clear();
    enter(Phase.BUSY);
    sliders.begin();
    Outcome outcome = session.goOn();
    // What the sliders have changed while it was trained stands in the script afterwards.
    sliders.changes().forEach(change -> write(change.of(source)));
    hasRun = outcome == Outcome.OK;
    stepping = false;
    if (runs.areThere() && phase == Phase.TRAINING) {
      stream.tell("ended", runs.ended(outcome == Outcome.MISTAKE ? "mistake" : "stopped"));
    }
    if (session.learner().filter(viewer::isOf).isPresent()) {
      viewer.follow(session.learner(), true);
    } else {
      see();
    }
    judge.look(session.learner());
    enter(Phase.READY);
  }

  /** The report of the training that has ended. @throws Refusal if there is none yet, or something is at work */
  void report(Path file) {
    if (phase != Phase.READY) {
      throw Refusal.of("a report is written when nothing is at work", "stop the training");
    }
    Optional<Outcome> written = work.ask(() -> {
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

  /** What is said of the script as the answer to a lesson, once all of it has run. */
  String judged(int lesson) {
    return work.ask(() -> hasRun ? Course.judged(lesson, source, session, language()) : "{\"done\":false,\"text\":\"\"}");
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
    stepping = phase == Phase.PAUSED || phase == Phase.READY;
    train();
  }

  void stop() {
    stopping = true;
    if (phase == Phase.PAUSED) {
      decisions.offer(false);
    } else if (isWorking()) {
      session.interrupt();
    }
  }

  void rate(double value) {
    Sliders.checkRate(value);
    switch (phase) {
      case TRAINING -> {
        sliders.wishRate(value);
        session.interrupt();
      }
      case PAUSED -> sliders.wishRate(value);
      case READY -> work.submit(() -> write(sliders.withRate(source, value)));
      case EMPTY, READING, BUSY -> throw Refusal.of("nothing is trained", "write it into the script: optimizer = sgd(" + value + ")");
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
        stream.tell("started", runs.started(s, settings.map(t -> t.optimizer().lr()).orElse(Double.NaN), settings.map(TrainSettings::batch).orElse(0)));
        enter(Phase.TRAINING);
      }
      case TrainEvent.Epoch e -> {
        String told = runs.epoch(e);
        long now = System.nanoTime();
        // Of short ones some are enough: a page that comes back has all of them.
        if (now - epochAt >= Viewer.TENTH || e.epoch() == e.epochs()) {
          epochAt = now;
          stream.tell("epoch", told);
        }
        viewer.follow(session.learner(), false);
        judge.glance(session.learner());
      }
      case TrainEvent.SizeChanged c -> stream.tell("size", new JsonWriter().beginObject().name("batch").value(c.to()).endObject().toString());
      case TrainEvent.RateChanged r -> stream.tell("rate", new JsonWriter().beginObject().name("rate").value(r.to()).endObject().toString());
      case TrainEvent.Ended e -> {
        viewer.learnt(true);
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
    if (now - toldAt >= Viewer.TENTH) {
      toldAt = now;
      stream.tell("batch", runs.told(batch));
    }
    viewer.learnt(true);
    viewer.follow(session.learner(), false);
    if (stepping) {
      session.interrupt();
    }
  }

  @Override
  public Control.Next paused(Paused training) {
    if (stopping) {
      return Control.STOP;
    }
    if (!pausing && !stepping) {
      // Of several rates in a row the last one may have been taken before all have asked.
      return wished(training);
    }
    pausing = false;
    stepping = false;
    stream.tell("batch", runs.told(training.batch()));
    viewer.follow(session.learner(), true);
    decisions.clear();
    enter(Phase.PAUSED);
    if (stopping) {
      // Somebody stopped it before it was known to wait.
      return Control.STOP;
    }
    try {
      boolean goesOn = decisions.take();
      enter(Phase.TRAINING);
      return goesOn ? wished(training) : Control.STOP;
    } catch (InterruptedException closed) {
      return Control.STOP;
    }
  }

  @Override
  public void close() {
    stop();
    stream.close();
    viewer.close();
    judge.close();
    work.interrupt(session::close);
  }
}
