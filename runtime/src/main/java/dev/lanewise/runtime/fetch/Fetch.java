package dev.lanewise.runtime.fetch;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Fetches files by HTTP into a folder. A file grows under the name {@code NAME.part} and gets its own once all its bytes are there and
 * have the right SHA-256; what is there of a part is not fetched again, also by a later call (RFC 9110, range
 * requests).
 *
 * <pre>{@code
 * try (Fetch fetch = new Fetch(URI.create("http://127.0.0.1:8000/"), Duration.ofSeconds(30), (file, done) -> {}, () ->
 * false)) { fetch.into(folder, file); } }</pre>
 */
public final class Fetch implements AutoCloseable {
  /** So often in a row a connection may end without a byte. */
  private static final int ATTEMPTS = 3;
  /** So often is told how far a file has come. */
  private static final int STEPS = 100;
  /** After so long is asked anew whether to stop. */
  static final int ASKED_MILLIS = 100;
  private static final int PARTIAL = 206;
  private static final int BAD_RANGE = 416;

  private final URI from;
  private final Duration patience;
  private final FetchListener listener;
  private final BooleanSupplier stop;
  private final HttpClient client;

  /**
   * @param from the folder, which ends with a slash
   * @param patience how long a server may say nothing
   * @param stop asked again and again; once true, fetching ends and the part stays
   */
  public Fetch(URI from, Duration patience, FetchListener listener, BooleanSupplier stop) {
    this.from = from;
    this.patience = patience;
    this.listener = listener;
    this.stop = stop;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(patience)
        .followRedirects(HttpClient.Redirect.NORMAL).build();
  }

  /**
   * Fetches a file, unless it is there.
   *
   * @return false if it was stopped
   * @throws IOException if that fails; it names the address, and what to do
   */
  public boolean into(Path folder, RemoteFile file) throws IOException {
    Path target = folder.resolve(file.name());
    if (Files.exists(target)) {
      return true;
    }
    Files.createDirectories(folder);
    Path part = folder.resolve(file.name() + ".part");
    boolean resumed = Files.exists(part) && Files.size(part) > 0;
    if (!complete(file, part)) {
      return false;
    }
    if (resumed && !isRight(file, part)) {
      // The beginning may be of another file, or of an attempt that was lied to.
      Files.delete(part);
      if (!complete(file, part)) {
        return false;
      }
    }
    if (!isRight(file, part)) {
      String found = sha256(part);
      Files.delete(part);
      throw new IOException(address(file) + ": the SHA-256 is " + found + ", expected " + file.sha256()
          + ": the file there is another one: name a mirror that has the right one");
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }

  /** Goes on until all bytes are there. Returns false if it was stopped. */
  private boolean complete(RemoteFile file, Path part) throws IOException {
    int failures = 0;
    while (size(part) < file.size()) {
      long before = size(part);
      try {
        attempt(file, part);
      } catch (IOException e) {
        failures = size(part) > before ? 0 : failures + 1;
        if (failures == ATTEMPTS || e instanceof RefusedException) {
          throw new IOException(address(file) + ": " + reason(e) + (size(part) == 0 ? ""
              : "; " + size(part) + " of " + file.size() + " bytes are there: run it again to go on from them"), e);
        }
      }
      if (stop.getAsBoolean()) {
        return false;
      }
    }
    return true;
  }

  /** Java's messages of failed connections are mostly empty. */
  private static String reason(IOException e) {
    return switch (e) {
      case HttpTimeoutException t -> t.getMessage();
      case ConnectException _ -> "no connection to this address";
      case IOException other when other.getMessage() == null -> other.getClass().getSimpleName();
      case IOException other -> other.getMessage();
    };
  }

  /** A server's answer that the same question would only bring again. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  private void attempt(RemoteFile file, Path part) throws IOException {
    long here = size(part);
    HttpRequest.Builder request = HttpRequest.newBuilder(address(file)).timeout(patience)
        .header("Accept-Encoding", "identity");
    if (here > 0) {
      request.header("Range", "bytes=" + here + "-");
    }
    try {
      HttpResponse<Body> response = answer(request.build());
      if (response == null) {
        return;
      }
      try (Body body = response.body()) {
        if (response.statusCode() == BAD_RANGE) {
          Files.delete(part);
          throw new IOException("the server has less than the " + here + " bytes that are there");
        }
        boolean goesOn = response.statusCode() == PARTIAL && goesOnAt(response, here);
        if (!goesOn && response.statusCode() != 200) {
          throw new RefusedException("the server answers with status " + response.statusCode());
        }
        long begin = goesOn ? here : 0;
        long promised = response.headers().firstValueAsLong("Content-Length").orElse(file.size() - begin);
        if (promised != file.size() - begin) {
          throw new RefusedException("the server has " + (begin + promised) + " bytes, expected " + file.size());
        }
        write(file, part, begin, body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The head of the answer; null if it is to stop before one has come. */
  private HttpResponse<Body> answer(HttpRequest request) throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<Body>> answer = client.sendAsync(request, _ -> new Body());
    while (!stop.getAsBoolean()) {
      try {
        return answer.get(ASKED_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // Not yet: whether it is to stop is asked again.
      } catch (ExecutionException e) {
        throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
      }
    }
    answer.cancel(true);
    return null;
  }

  private static boolean goesOnAt(HttpResponse<Body> response, long offset) {
    return response.headers().firstValue("Content-Range").orElse("").startsWith("bytes " + offset + "-");
  }

  private void write(RemoteFile file, Path part, long begin, Body body) throws IOException, InterruptedException {
    try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      out.truncate(begin);
      out.position(begin);
      long told = begin;
      listener.on(file, told);
      for (List<ByteBuffer> piece = body.next(patience, stop); piece != null; piece = body.next(patience, stop)) {
        for (ByteBuffer buffer : piece) {
          if (out.position() + buffer.remaining() > file.size()) {
            throw new RefusedException("the server sends more than the " + file.size() + " bytes that are expected");
          }
          while (buffer.hasRemaining()) {
            out.write(buffer);
          }
        }
        if (out.position() >= told + file.size() / STEPS || out.position() == file.size()) {
          told = out.position();
          listener.on(file, told);
        }
      }
      out.force(true);
      if (out.position() < file.size() && !stop.getAsBoolean()) {
        throw new IOException("the server ended early");
      }
    }
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static boolean isRight(RemoteFile file, Path part) throws IOException {
    return sha256(part).equals(file.sha256());
  }

  private static String sha256(Path file) throws IOException {
    try (FileChannel in = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
      while (in.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private URI address(RemoteFile file) {
    return from.resolve(file.name());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
