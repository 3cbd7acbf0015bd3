package dev.lanewise.dsl.verb.test;

import dev.lanewise.dsl.diagnostic.Code;
import dev.lanewise.dsl.diagnostic.MistakeException;
import dev.lanewise.dsl.diagnostic.Reasons;
import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Place;
import dev.lanewise.dsl.meaning.Trained;
import dev.lanewise.dsl.verb.Bench;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Given;
import dev.lanewise.dsl.verb.Result;
import dev.lanewise.dsl.view.AnswerTable;
import dev.lanewise.dsl.view.Said;
import dev.lanewise.dsl.view.picture.Exhibits;
import dev.lanewise.dsl.view.picture.Heard;
import dev.lanewise.runtime.data.Dataset;
import dev.lanewise.runtime.data.Encoding;
import dev.lanewise.runtime.data.Normalization;
import dev.lanewise.runtime.data.RowParts;
import dev.lanewise.runtime.data.Target;
import dev.lanewise.runtime.data.Unanswered;
import dev.lanewise.runtime.data.World;
import dev.lanewise.runtime.data.sound.SoundForm;
import dev.lanewise.runtime.data.source.Csv;
import dev.lanewise.runtime.data.source.OwnImages;
import dev.lanewise.runtime.data.source.OwnSounds;
import dev.lanewise.runtime.data.table.TableSettings;
import dev.lanewise.runtime.data.table.UnlabelledTable;
import dev.lanewise.runtime.operation.Computation;
import dev.lanewise.runtime.operation.Objective;
import dev.lanewise.runtime.score.Predictions;
import dev.lanewise.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks a network about a file of somebody's own: an image, a sound, a folder of such, or a table, made ready as the examples were that it has learnt
 * from.
 *
 * @param file that is read
 * @param settings how a table is read
 * @param to a file for the answers
 * @param classes whether it is asked for a class
 */
record OwnFile(Span at, CheckedNet net, Place file, TableSettings settings, Optional<Path> to, boolean classes, Computation loss) implements Deed {
  private static final String SQUARE = "begin the network with `input 1x28x28` or its like, then `flatten` if it is to be flat";
  private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".data", ".parquet");

  /** @param settings how a table is read @param classes whether it is asked for a class */
  static Optional<Deed> of(Given given, String file, TableSettings settings, boolean classes) {
    CheckedNet net = given.net("net");
    Place place = given.place(file);
    boolean table = isTable(place.path());
    // What is in a folder is seen when it is read.
    boolean sound = OwnSounds.isNamed(place.path()) || !net.input().isFlat() && Files.isDirectory(place.path());
    if (!table && !sound && !isSquare(net)) {
      return given.problems().report(Code.L025, given.at(file), noSquare(net), SQUARE);
    }
    return given.loss(net).map(loss -> new OwnFile(given.at(file), net, place, settings, given.to(), classes, loss));
  }

  private static String noSquare(CheckedNet net) {
    return net.name() + " takes " + net.input() + ", and an image is brought to a square in grey or in three colours";
  }

  private static boolean isSquare(CheckedNet net) {
    return Exhibits.isPicture(net.input()) && net.input().height() == net.input().width();
  }

  private static boolean isTable(Path path) {
    String name = path.toString().toLowerCase(Locale.ROOT);
    return TABLES.stream().anyMatch(name::endsWith) && !Files.isDirectory(path);
  }

  @Override
  public Gives gives() {
    return Gives.EXHIBIT;
  }

  @Override
  public Result run(Bench bench) {
    try {
      return isTable(file.path()) ? rows(bench) : bench.trained(net).world().filter(w -> w.input() instanceof World.Input.Sound).isPresent() ? sounds(bench) : images(bench);
    } catch (IOException e) {
      throw new MistakeException(
          Code.L030, at, "the file cannot be read: " + Reasons.of(e),
          file.remedy().isEmpty() ? Reasons.whereMissing(e, "a path counts from the script's folder, or from the one that you are in") : file.remedy());
    }
  }

  private Said said(Bench bench, Dataset seen) {
    Computation own = bench.loss(net, loss);
    Shape target = Objective.main(own).inputs().get(1).shape();
    Dataset unanswered = new Unanswered(seen, target.size() == 1 ? Target.classes(2) : Target.numbers(target));
    Predictions made = bench.engine().predict(bench.trained(net).model(), unanswered, own);
    return Said.of(bench.trained(net), made, own);
  }

  private Result sounds(Bench bench) throws IOException {
    World world = bench.trained(net).world().orElseThrow();
    SoundForm form = ((World.Input.Sound) world.input()).form();
    OwnSounds own = OwnSounds.of(file.path(), form);
    Said said = said(bench, own.examples().normalized(world.normalization()));
    checkClasses(said);
    String title = net.name() + " on " + file.path().getFileName();
    boolean drawn = to.filter(p -> !isTable(p)).isPresent();
    if (!drawn && (to.isPresent() || Files.isDirectory(file.path()))) {
      return answers(new AnswerTable(title, "file", own.names(), said.header(), said));
    }
    List<Integer> all = IntStream.range(0, own.files().size()).boxed().toList();
    if (!Heard.isDrawn(form, all.size())) {
      throw new MistakeException(Code.L015, at, "several waves are not drawn", "name one sound, or to = \"answers.csv\"");
    }
    Exhibit heard = Heard.of(title + ", as the network heard it", form, own.examples(), all, i -> all.size() == 1 ? said.inWords(i) : own.names().get(i) + ": " + said.inWords(i));
    return drawn ? new Result.Shown(heard) : new Result.Shown(said.table("what " + net.name() + " says of it", 0), List.of(heard));
  }

  private void checkClasses(Said said) {
    if (classes && !said.isClass()) {
      throw new MistakeException(
          Code.L088, at, net.name() + " tells no classes apart", "predict(" + net.name() + ", \"" + file.path().getFileName() + "\") shows what it makes of it");
    }
  }

  private Result images(Bench bench) throws IOException {
    if (!isSquare(net) && !OwnSounds.isNamed(file.path())) {
      throw new MistakeException(Code.L025, at, noSquare(net), SQUARE);
    }
    if (OwnSounds.isNamed(file.path())) {
      throw new MistakeException(
          Code.L088, at, net.name() + " has not learnt from sounds, so that it is not known how one is made ready for it", "train it on audio(…), or load a file that `save` has written after that");
    }
    if (net.inputs().size() > 1) {
      throw new MistakeException(Code.L088, at, net.name() + " takes " + net.takes() + ", and an image alone is not enough", "ask for examples of data: predict(" + net.name() + ", data.test.batch(0))");
    }
    Trained trained = bench.trained(net);
    Optional<World> world = trained.world();
    World.Preparation preparation = world.map(w -> w.input() instanceof World.Input.Picture(World.Preparation p) ? p : World.Preparation.PLAIN)
        .orElse(World.Preparation.DIGIT);
    OwnImages own = OwnImages.of(file.path(), net.input(), preparation);
    if (world.isEmpty()) {
      bench.warn(
          Code.L055, at, net.name() + " does not know what its images were: this is made ready as a digit of MNIST, and not normalised",
          "train it on its data, or load a file that `save` has written after a training");
    }
    Dataset seen = own.images().normalized(world.map(World::normalization).orElse(Normalization.none(net.input())));
    Said said = said(bench, seen);
    checkClasses(said);
    if (world.filter(w -> !w.normalization().equals(Normalization.none(net.input()))).isPresent()) {
      Likeness.check(bench, at, net.name(), own, seen);
    }
    OwnPictures pictures = new OwnPictures(net.name() + " on " + file.path().getFileName(), net, own, said);
    if (to.filter(p -> !isTable(p)).isPresent()) {
      return new Result.Shown(pictures.gallery());
    }
    if (to.isPresent() || Files.isDirectory(file.path()) && !pictures.isRebuilt()) {
      return answers(new AnswerTable(pictures.title(), "file", own.names(), said.header(), said));
    }
    return pictures.isRebuilt() ? new Result.Shown(pictures.gallery())
        : new Result.Shown(said.table("what " + net.name() + " says of it", 0), List.of(pictures.gallery()));
  }

  private Result rows(Bench bench) throws IOException {
    Optional<World> world = bench.trained(net).world();
    if (world.isEmpty() || !(world.get().input() instanceof World.Input.Table(var encoding, List<String> learned))) {
      throw new MistakeException(
          Code.L088, at, net.name() + " has not learnt from a table with columns, so that it is not known which columns these are",
          "train it on csv(…), or load a file that `save` has written after that");
    }
    boolean parts = world.get().target().isPresent();
    TableSettings read = parts ? settings.ofParts(encoding.columns().stream().map(Encoding.Column::name).toList()) : settings;
    UnlabelledTable table = Csv.readUnlabelled(file.path(), encoding, read);
    Dataset examples = parts ? new RowParts(table.rows(), world.get().target().get()) : table.rows();
    Dataset rows = examples.normalized(world.get().normalization());
    Said said = said(bench, rows);
    Optional<UnlabelledTable.Texts> key = table.others().stream()
        .filter(o -> !learned.contains(o.name()) && new HashSet<>(o.texts()).size() == o.texts().size()).findFirst();
    List<String> names = key.map(UnlabelledTable.Texts::texts)
        .orElseGet(() -> IntStream.rangeClosed(1, rows.size()).mapToObj(Integer::toString).toList());
    return answers(new AnswerTable(
        net.name() + " on " + file.path().getFileName(), key.map(UnlabelledTable.Texts::name).orElse("row"), names, learned, said));
  }

  private Result answers(AnswerTable answers) {
    return new Result.Shown(to.isPresent() ? answers.whole() : answers.shown());
  }
}
