package dev.lanewise.dsl.run;

import dev.lanewise.dsl.spread.Answer;
import dev.lanewise.dsl.spread.Crew;
import dev.lanewise.dsl.spread.Errand;
import dev.lanewise.runtime.federate.Clients;
import dev.lanewise.runtime.train.StoppedException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Clients in other processes: a task is what one of them does in a round. It gets the server's parameters, and sends back its own.
 *
 * @param fingerprint of the training, which the others must come to
 * @param stopped whether somebody does not want to wait any longer
 */
record SpreadClients(Crew crew, Errand errand, String fingerprint, BooleanSupplier stopped) implements Clients {
  /** Handing out tasks takes as long for many as for one; but between two calls a training can be stopped. */
  private static final int OF_EACH = 4;

  @Override
  public int together() {
    return OF_EACH * crew.hands();
  }

  @Override
  public List<Sent> train(Given given, List<Called> called) {
    byte[] word = fingerprint.getBytes(StandardCharsets.US_ASCII);
    byte[] shared = numbers(numbers(ByteBuffer.allocate(word.length + 4 + size(given.parameters()) + size(given.variate())).put(word).putInt(given.round()), given.parameters()), given.variate()).array();
    List<byte[]> tasks = called.stream().map(c -> numbers(ByteBuffer.allocate(4 + size(c.variate())).putInt(c.client()), c.variate()).array()).toList();
    Sent[] sent = new Sent[tasks.size()];
    int[] taken = new int[1];
    crew.run(errand, shared, tasks, (task, answer) -> {
      sent[task] = sent(Answer.of(answer));
      taken[0]++;
    }, SpreadShards.after(stopped));
    if (taken[0] < sent.length) {
      throw new StoppedException();
    }
    return List.of(sent);
  }

  @Override
  public void close() {
    // The crew is there for what follows.
  }

  static Given given(ByteBuffer shared) {
    return new Given(shared.getInt(), numbers(shared), numbers(shared));
  }

  static Called called(ByteBuffer task) {
    return new Called(task.getInt(), numbers(task));
  }

  static byte[] bytes(Sent sent) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 + 8 + 8 + 1 + size(sent.parameters()) + size(sent.variate()));
    bytes.putInt(sent.client()).putInt(sent.examples()).putDouble(sent.lossSum()).putLong(sent.correct()).put((byte) (sent.isBroken() ? 1 : 0));
    return numbers(numbers(bytes, sent.parameters()), sent.variate()).array();
  }

  private static Sent sent(ByteBuffer bytes) {
    int client = bytes.getInt();
    int examples = bytes.getInt();
    double loss = bytes.getDouble();
    long correct = bytes.getLong();
    boolean broken = bytes.get() != 0;
    return new Sent(client, examples, loss, correct, numbers(bytes), numbers(bytes), broken);
  }

  private static int size(float[] values) {
    return 4 + 4 * values.length;
  }

  private static ByteBuffer numbers(ByteBuffer to, float[] values) {
    to.putInt(values.length).asFloatBuffer().put(values);
    return to.position(to.position() + 4 * values.length);
  }

  private static float[] numbers(ByteBuffer from) {
    float[] values = new float[from.getInt()];
    from.asFloatBuffer().get(values);
    from.position(from.position() + 4 * values.length);
    return values;
  }
}
