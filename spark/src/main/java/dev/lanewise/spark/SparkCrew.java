package dev.lanewise.spark;

import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.dsl.spread.LostException;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import scala.Function2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.runtime.BoxedUnit;

/** The executors of one Spark context. Tasks that fail, and those of executors that are gone, Spark gives to others. */
final class SparkCrew implements Crew {
  /** So often a task is tried before all is given up. */
  static final int TRIES = 4;
  /** How long nobody may be there to take a task: seconds, as {@code 60s}. */
  private static final String PATIENCE = "spark.lanewise.patience";
  /** How long a wait for an answer lasts before it is asked whether to stop, in milliseconds. */
  private static final int GLANCE = 100;
  private static final String LOST = "what an executor told is in the folder `work` of its worker, in the file `stderr`";

  private final String master;
  private JavaSparkContext context;

  SparkCrew(String master) {
    this.master = master;
    this.context = begun(master);
  }

  private static JavaSparkContext begun(String master) {
    SparkConf conf = new SparkConf()
        .setMaster(master)
        .setAppName("lanewise")
        .setIfMissing("spark.ui.enabled", "false")
        .setIfMissing("spark.ui.showConsoleProgress", "false")
        .setIfMissing("spark.driver.maxResultSize", "0")
        // Answers come with the message that a task has ended, not by way of a store that is asked for them.
        .setIfMissing("spark.rpc.message.maxSize", "1024")
        .setIfMissing("spark.task.maxDirectResultSize", "512m")
        // Parameters and gradients are hardly compressible.
        .setIfMissing("spark.broadcast.compress", "false")
        .setIfMissing("spark.locality.wait", "0")
        .setIfMissing("spark.task.maxFailures", Integer.toString(TRIES));
    if (master.startsWith("local")) {
      conf.setIfMissing("spark.driver.host", "127.0.0.1").setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    } else {
      conf.setJars(Luggage.jars().toArray(String[]::new)).set("spark.executor.extraJavaOptions", Luggage.options(Path.of("").toAbsolutePath()) + " " + conf.get("spark.executor.extraJavaOptions", ""));
    }
    try {
      return new JavaSparkContext(conf);
    } catch (RuntimeException | Error e) {
      throw new LostException("Spark cannot be begun at " + master + ": " + reason(e), "");
    }
  }

  /** What Spark tells of a job. */
  private sealed interface News {
    record Answered(int task, byte[] answer) implements News {}

    record Ended(Optional<Throwable> by) implements News {}

    /** An executor is gone. */
    record Fallen() implements News {}
  }

  /** Done by an executor, for each task. */
  private record Work(Errand errand, byte[] shared) implements Function2<TaskContext, Iterator<byte[]>, byte[]>, Serializable {
    @Override
    public byte[] apply(TaskContext context, Iterator<byte[]> tasks) {
      return Replicas.answer(errand, shared, tasks.next());
    }
  }

  @Override
  public int hands() {
    return Math.max(1, context.defaultParallelism());
  }

  @Override
  public void run(Errand errand, byte[] shared, List<byte[]> tasks, Listener ended, BooleanSupplier stop) {
    if (tasks.isEmpty()) {
      return;
    }
    if (context.sc().isStopped()) {
      // A cluster that has given up, or was restarted, may work again.
      context = begun(master);
    }
    String group = UUID.randomUUID().toString();
    BlockingQueue<News> news = new LinkedBlockingQueue<>();
    SparkListener falls = new SparkListener() {
      @Override
      public void onExecutorRemoved(SparkListenerExecutorRemoved gone) {
        news.add(new News.Fallen());
      }
    };
    context.sc().addSparkListener(falls);
    Thread job = Thread.ofPlatform().daemon().name("lanewise-spark").start(() -> news.add(new News.Ended(done(group, new Work(errand, shared), tasks, news))));
    try {
      listen(news, ended, stop);
    } finally {
      if (!context.sc().isStopped()) {
        context.cancelJobGroup(group);
        context.sc().removeSparkListener(falls);
      }
      joined(job);
    }
  }

  /** What kept the job from its end; empty if nothing did. */
  private Optional<Throwable> done(String group, Work work, List<byte[]> tasks, BlockingQueue<News> news) {
    try {
      context.setJobGroup(group, "lanewise", false);
      SparkContext spark = context.sc();
      ClassTag<byte[]> bytes = ClassTag.apply(byte[].class);
      RDD<byte[]> all = context.parallelize(tasks, tasks.size()).rdd();
      Stream<Object> numbers = IntStream.range(0, tasks.size()).boxed().map(Object.class::cast);
      spark.runJob(all, work, CollectionConverters.asScala(numbers.toList()).toSeq(), (task, answer) -> {
        news.add(new News.Answered((Integer) task, answer));
        return BoxedUnit.UNIT;
      }, bytes);
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(e);
    }
  }

  private void listen(BlockingQueue<News> news, Listener ended, BooleanSupplier stop) {
    long patience = context.getConf().getTimeAsSeconds(PATIENCE, "60s");
    Instant seen = Instant.now();
    int most = 0, fallen = 0;
    try {
      while (!stop.getAsBoolean()) {
        int there = executors();
        most = Math.max(most, there);
        seen = there > 0 ? Instant.now() : seen;
        // Spark itself would wait for ever.
        if (Instant.now().isAfter(seen.plusSeconds(patience))) {
          throw new LostException(
              "no executor of " + master + " has been there for " + patience + " seconds", "look whether the cluster has workers that are free; LANEWISE_JAVA_OPTIONS=-D" + PATIENCE + "=600s waits longer");
        }
        switch (news.poll(GLANCE, TimeUnit.MILLISECONDS)) {
          case null -> { }
          case News.Answered(int task, byte[] answer) -> {
            fallen = 0;
            ended.on(task, answer);
          }
          case News.Fallen() -> {
            // Spark itself would begin others for ever, as long as one is there when another one ends.
            if (++fallen >= most + TRIES) {
              throw falling();
            }
          }
          case News.Ended(Optional<Throwable> by) -> {
            if (by.isPresent()) {
              throw lost(by.get());
            }
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many there are; one where nobody can know. */
  private int executors() {
    // The driver is told as one of them.
    return context.isLocal() || context.sc().isStopped() ? 1 : context.statusTracker().getExecutorInfos().length - 1;
  }

  private static void joined(Thread job) {
    try {
      job.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static LostException lost(Throwable by) {
    String told = String.valueOf(by.getMessage());
    if (told.contains("UnsupportedClassVersionError")) {
      return new LostException("the executors run an older Java than 25", "set JAVA_HOME to a JDK 25 where the workers are started");
    }
    if (told.contains("No space left on device")) {
      return new LostException("a disk is full where an executor runs", "make room on that disk, or name another folder in SPARK_LOCAL_DIRS");
    }
    if (told.contains("OutOfMemoryError")) {
      return new LostException("the memory of an executor was not enough", "give each more: LANEWISE_JAVA_OPTIONS=-Dspark.executor.memory=4g");
    }
    if (told.contains("Master removed our application")) {
      return falling();
    }
    return new LostException("the executors cannot go on: " + reason(by), LOST);
  }

  private static LostException falling() {
    return new LostException("executors are begun and end at once, again and again", LOST + ": a full disk, too little memory, or a file that they cannot read");
  }

  /** A line of what Spark tells: the cause, not the stack. */
  private static String reason(Throwable by) {
    String told = by.getMessage() == null ? by.getClass().getSimpleName() : by.getMessage();
    return told.lines().findFirst().orElse("").replaceFirst("^Job aborted due to stage failure: ", "");
  }

  @Override
  public void close() {
    context.close();
  }
}
