package dev.lanewise.repl.play;

import dev.lanewise.repl.render.JsonTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Speaks with the server as the page does. */
final class PageClient implements AutoCloseable {
  /** Longer than any busy machine needs. */
  private static final long PATIENCE = 120;

  record Event(long id, String kind, Map<?, ?> data) {}

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String address;
  private final String page;
  /** By their kinds: which kind comes first is told nowhere. */
  private final Map<String, BlockingQueue<Event>> events = new ConcurrentHashMap<>();
  private InputStream stream;

  PageClient(String address, String page) {
    this.address = address;
    this.page = page;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<byte[]> take(String what) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(address + "take/" + what + "?page=" + page)).build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<String> post(String json) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "do?page=" + page)).timeout(Duration.ofSeconds(PATIENCE))
        .header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(json)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** A wish that is met. */
  Map<?, ?> ask(String json) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(json);
    if (answer.statusCode() != 200) {
      throw new AssertionError(json + " -> " + answer.statusCode() + " " + answer.body());
    }
    return (Map<?, ?>) JsonTree.read(answer.body());
  }

  /** Listens from now on. @param last the number of the last event that was seen; 0 for none */
  void listen(long last, String language) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address + "events?page=" + page + "&lang=" + language)).header("Last-Event-ID", Long.toString(last)).build();
    stream = http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
    BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> {
      try {
        long id = 0;
        String kind = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id: ")) {
            id = Long.parseLong(line.substring(4));
          } else if (line.startsWith("event: ")) {
            kind = line.substring(7);
          } else if (line.startsWith("data: ")) {
            queue(kind).add(new Event(id, kind, (Map<?, ?>) JsonTree.read(line.substring(6))));
          }
        }
      } catch (IOException closed) {
        // The test is over.
      }
    });
  }

  void stopListening() throws IOException {
    stream.close();
    events.clear();
  }

  private BlockingQueue<Event> queue(String kind) {
    return events.computeIfAbsent(kind, _ -> new LinkedBlockingQueue<>());
  }

  /** The next event of that kind that is as expected; those of its kind before it are passed over. */
  Event await(String kind, Predicate<Map<?, ?>> expected) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (System.nanoTime() < end) {
      Event event = queue(kind).poll(1, TimeUnit.SECONDS);
      if (event != null && expected.test(event.data())) {
        return event;
      }
    }
    throw new AssertionError("no " + kind);
  }

  Event phase(String phase) throws InterruptedException {
    return await("state", s -> phase.equals(s.get("phase")));
  }

  @Override
  public void close() throws IOException {
    if (stream != null) {
      stream.close();
    }
    http.shutdownNow();
  }
}
