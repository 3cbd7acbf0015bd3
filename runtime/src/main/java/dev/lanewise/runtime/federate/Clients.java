package dev.lanewise.runtime.federate;

import java.util.List;

/**
 * The clients of a training, wherever they are: in each round the server gives some of them its parameters, they train on their own examples, and send what they have come to. What goes to and fro are numbers and arrays of numbers, laid out as the
 * parameters of a model. What a client sends depends on what it is given and on the settings of the training alone, not on where it is or who trains beside it; so an implementation may run any number at a time, in any order.
 *
 * <pre>{@code List<Clients.Sent> sent = clients.train(new Clients.Given(1, parameters, none), List.of(new Clients.Called(3, none), new Clients.Called(8, none))); }</pre>
 */
public interface Clients extends AutoCloseable {
  /**
   * What the server gives to all that train in a round.
   *
   * @param round from 1 on
   * @param parameters of the server
   * @param variate of SCAFFOLD, the server's control variate; otherwise of length 0
   */
  record Given(int round, float[] parameters, float[] variate) {}

  /**
   * A client that is to train.
   *
   * @param client from 0 on
   * @param variate of SCAFFOLD, what it sent as its own when it last took part; of length 0 if it has not yet, and otherwise
   */
  record Called(int client, float[] variate) {}

  /**
   * What a client has come to.
   *
   * @param examples that it has
   * @param lossSum over them, in its last epoch
   * @param correct of them, in its last epoch, where there are classes
   * @param parameters that it has now; they may be overwritten when clients train again
   * @param variate of SCAFFOLD, its own control variate from now on; otherwise of length 0
   * @param isBroken whether a number was not finite: then nothing else counts
   */
  record Sent(int client, int examples, double lossSum, long correct, float[] parameters, float[] variate, boolean isBroken) {}

  /** How many are called at a time: between two calls a training can be stopped, and is told how far it has come. */
  int together();

  /** Trains, and gives what they send, in the order in which they were called. */
  List<Sent> train(Given given, List<Called> called);

  @Override
  void close();
}
