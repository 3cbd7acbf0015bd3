package dev.lanewise.repl.play;

import dev.lanewise.runtime.file.JsonWriter;
import dev.lanewise.runtime.score.Score;
import dev.lanewise.runtime.train.TrainEvent;
import java.util.ArrayList;
import java.util.List;

/** The courses of trainings, for curves: a page that comes back has them all again. */
final class Runs {
  /** Losses of batches, and epochs, that are kept of a run; of more every second one goes. */
  private static final int MOST = 2000;
  /** Runs that are kept. */
  private static final int MOST_RUNS = 12;

  private static final class Run {
    final int number;
    final String net;
    final int epochs;
    final int batches;
    final int examples;
    final List<double[]> losses = new ArrayList<>();
    final List<TrainEvent.Epoch> ended = new ArrayList<>();
    String outcome = "";
    int every = 1;
    int seen;

    Run(int number, TrainEvent.Started started) {
      this.number = number;
      this.net = started.net();
      this.epochs = started.epochs();
      this.batches = started.batches();
      this.examples = started.examples();
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private final List<double[]> fresh = new ArrayList<>();
  private int count;

  /** @param rate it begins with @param batch examples of a step */
  synchronized String started(TrainEvent.Started started, double rate, int batch) {
    Run run = new Run(++count, started);
    runs.add(run);
    if (runs.size() > MOST_RUNS) {
      runs.removeFirst();
    }
    fresh.clear();
    JsonWriter json = new JsonWriter().beginObject().name("run").value(run.number).name("net").value(run.net).name("epochs").value(run.epochs)
        .name("batches").value(run.batches).name("examples").value(run.examples);
    return json.name("rate").value(rate).name("batch").value(batch).endObject().toString();
  }

  /** A batch has ended. */
  synchronized void batch(TrainEvent.Batch batch) {
    if (runs.isEmpty()) {
      return;
    }
    Run run = runs.getLast();
    double x = x(batch);
    fresh.add(new double[] {x, batch.loss()});
    if (run.seen++ % run.every == 0) {
      run.losses.add(new double[] {x, batch.loss()});
    }
    if (run.losses.size() > MOST) {
      List<double[]> half = new ArrayList<>();
      for (int i = 0; i < run.losses.size(); i += 2) {
        half.add(run.losses.get(i));
      }
      run.losses.clear();
      run.losses.addAll(half);
      run.every *= 2;
    }
  }

  private static double x(TrainEvent.Batch batch) {
    return batch.epoch() - 1 + batch.batch() / (double) batch.batches();
  }

  /** What is told of it, with the losses since this was asked last. */
  synchronized String told(TrainEvent.Batch batch) {
    Run run = runs.getLast();
    double perSecond = batch.seconds() > 0 ? (double) run.examples * batch.batch() / batch.batches() / batch.seconds() : Double.NaN;
    JsonWriter json = new JsonWriter().beginObject().name("run").value(run.number).name("x").value(x(batch)).name("epoch").value(batch.epoch()).name("epochs").value(batch.epochs())
        .name("batch").value(batch.batch()).name("batches").value(batch.batches()).name("loss").value(batch.loss()).name("rate").value(batch.rate()).name("perSecond").value(perSecond);
    points(json.name("losses"), fresh);
    fresh.clear();
    return json.endObject().toString();
  }

  synchronized String epoch(TrainEvent.Epoch epoch) {
    Run run = runs.getLast();
    run.ended.add(epoch);
    if (run.ended.size() > MOST) {
      List<TrainEvent.Epoch> half = new ArrayList<>();
      for (int i = 1; i < run.ended.size(); i += 2) {
        half.add(run.ended.get(i));
      }
      run.ended.clear();
      run.ended.addAll(half);
    }
    JsonWriter json = new JsonWriter().beginObject().name("run").value(run.number);
    return epoch(json, epoch).endObject().toString();
  }

  private static JsonWriter epoch(JsonWriter json, TrainEvent.Epoch epoch) {
    json.name("epoch").value(epoch.epoch()).name("epochs").value(epoch.epochs());
    score(json.name("train"), epoch.train());
    json.name("validation");
    if (epoch.validation() == null) {
      return json.value(Double.NaN);
    }
    return score(json, epoch.validation());
  }

  private static JsonWriter score(JsonWriter json, Score score) {
    return json.beginObject().name("loss").value(score.loss()).name("accuracy").value(score.accuracy()).endObject();
  }

  /** @param outcome {@code ok}, {@code stopped} or {@code mistake} */
  synchronized String ended(String outcome) {
    Run run = runs.getLast();
    run.outcome = outcome;
    return new JsonWriter().beginObject().name("run").value(run.number).name("outcome").value(outcome).endObject().toString();
  }

  synchronized boolean areThere() {
    return !runs.isEmpty();
  }

  /** All of them. */
  synchronized String all() {
    JsonWriter json = new JsonWriter().beginObject().name("runs").beginArray();
    for (Run run : runs) {
      json.beginObject().name("run").value(run.number).name("net").value(run.net).name("epochs").value(run.epochs).name("outcome").value(run.outcome);
      points(json.name("losses"), run.losses);
      json.name("points").beginArray();
      run.ended.forEach(e -> epoch(json.beginObject(), e).endObject());
      json.endArray().endObject();
    }
    return json.endArray().endObject().toString();
  }

  private static void points(JsonWriter json, List<double[]> points) {
    json.beginArray();
    for (double[] point : points) {
      json.beginArray().value(point[0]).value(point[1]).endArray();
    }
    json.endArray();
  }
}
