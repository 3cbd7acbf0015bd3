package dev.lanewise.runtime.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The bytes of a response, piece by piece, as they arrive. A server that falls silent is noticed: Java's own time
 * limit ends with the response's head.
 */
final class Body implements HttpResponse.BodySubscriber<Body>, AutoCloseable {
  /** One piece is asked for after the other, so that there is never more than one, and the end. */
  private final BlockingQueue<Arrival> arrivals = new ArrayBlockingQueue<>(4);
  private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

  /** What the connection brings: bytes, or its end; a null cause is a good one. */
  private sealed interface Arrival {
    record Bytes(List<ByteBuffer> buffers) implements Arrival {}

    record End(Throwable cause) implements Arrival {}
  }

  @Override
  public CompletionStage<Body> getBody() {
    return CompletableFuture.completedStage(this);
  }

  @Override
  public void onSubscribe(Flow.Subscription s) {
    subscription.complete(s);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    arrivals.add(new Arrival.Bytes(buffers));
  }

  @Override
  public void onError(Throwable cause) {
    arrivals.add(new Arrival.End(cause));
  }

  @Override
  public void onComplete() {
    arrivals.add(new Arrival.End(null));
  }

  /**
   * The next piece; null at the end, or once it is to stop.
   *
   * @throws HttpTimeoutException if nothing arrives for so long
   * @throws IOException if the connection breaks off
   */
  List<ByteBuffer> next(Duration patience, BooleanSupplier stop) throws IOException, InterruptedException {
    subscription.thenAccept(s -> s.request(1));
    long end = System.nanoTime() + patience.toNanos();
    while (!stop.getAsBoolean()) {
      long left = Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(Fetch.ASKED_MILLIS));
      if (left <= 0) {
        throw new HttpTimeoutException("nothing came for " + patience.toMillis() + " ms");
      }
      switch (arrivals.poll(left, TimeUnit.NANOSECONDS)) {
        case Arrival.Bytes(List<ByteBuffer> buffers) -> {
          return buffers;
        }
        case Arrival.End(Throwable cause) when cause != null ->
            throw new IOException("the connection broke off: " + cause.getMessage(), cause);
        case Arrival.End _ -> {
          return null;
        }
        case null -> { }
      }
    }
    return null;
  }

  /** Ends the connection, if it has not ended. */
  @Override
  public void close() {
    subscription.thenAccept(Flow.Subscription::cancel);
  }
}
