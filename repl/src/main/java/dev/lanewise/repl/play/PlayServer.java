package dev.lanewise.repl.play;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.language.Phrases;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * Serves the page and what it asks for, to this machine alone unless it is told otherwise. A page that trains runs scripts: so its address holds a token that nobody else knows, whoever asks must have come by this
 * server's own name ({@code Host}, against names that are bound anew to this machine), and from this page ({@code Origin}).
 *
 * <pre>{@code
 * try (PlayServer server = PlayServer.start(pages, "127.0.0.1", 7070)) {
 *   server.address();   // http://127.0.0.1:7070/3q…/
 * }
 * }</pre>
 */
public final class PlayServer implements AutoCloseable {
  private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Map<String, String> KINDS = Map.of("html", "text/html; charset=utf-8", "js", "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml", "txt", "text/plain; charset=utf-8");
  private static final int MOST_BYTES = 8 << 20;
  private static final long BEAT = 15_000;
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:]+]):\\d+");
  private static final String COOKIE = "lanewise-play";

  private final HttpServer server;
  private final Pages pages;
  private final String host;
  private final String token;

  private PlayServer(HttpServer server, Pages pages, String host) {
    this.server = server;
    this.pages = pages;
    this.host = host;
    byte[] random = new byte[18];
    new SecureRandom().nextBytes(random);
    this.token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * @param host the address to listen at: of this machine alone, 127.0.0.1
   * @param port 0 for any that is free
   * @throws IOException if it is taken
   */
  static PlayServer start(Pages pages, String host, int port) throws IOException {
    // A stroke is a small message, which must not wait for a larger one.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    PlayServer made = new PlayServer(server, pages, host);
    server.createContext("/", made::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return made;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Where a browser on this machine finds the page. */
  public String address() {
    String shown = server.getAddress().getAddress().isAnyLocalAddress() ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
    return "http://" + shown + ":" + port() + "/" + token + "/";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        guard(exchange);
        route(exchange);
      } catch (Refusal refusal) {
        send(exchange, refusal.status(), KINDS.get("txt"), refusal.getMessage());
      } catch (IOException gone) {
        throw gone;
      } catch (RuntimeException | Error fault) {
        send(exchange, 500, KINDS.get("txt"), "a fault of Lanewise: " + fault);
      }
    }
  }

  /** Whether it comes from the page that this server has given out. @throws Refusal if not */
  private void guard(HttpExchange exchange) {
    String asked = exchange.getRequestHeaders().getFirst("Host");
    if (asked == null || !isOwn(asked)) {
      throw new Refusal(403, "this server does not go by that name", "");
    }
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    if (origin != null && !origin.equals("http://" + asked)) {
      throw new Refusal(403, "this comes from another site", "");
    }
  }

  /** Whether somebody means this server. At all addresses of a machine it may be called by any number: only names can be bound anew by others. */
  private boolean isOwn(String asked) {
    String own = host.contains(":") ? "[" + host + "]" : host;
    boolean isHere = asked.equals("localhost:" + port()) || asked.equals("127.0.0.1:" + port());
    InetAddress address = server.getAddress().getAddress();
    return asked.equals(own + ":" + port()) || isHere && (address.isLoopbackAddress() || address.isAnyLocalAddress()) || address.isAnyLocalAddress() && NUMBER.matcher(asked).matches();
  }

  private void route(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/")) {
      begin(exchange);
      return;
    }
    String[] parts = path.substring(1).split("/", 2);
    if (!isToken(parts[0])) {
      throw new Refusal(404, "the address of the page ends with what `lanewise play` has printed", "");
    }
    String rest = parts.length > 1 ? parts[1] : "";
    switch (rest) {
      case "do" -> answer(exchange, (desk, body) -> desk.answer(Wish.of(new String(body, StandardCharsets.UTF_8))));
      case "events" -> events(exchange);
      case "image" -> answer(exchange, Desk::image);
      default -> {
        if (rest.startsWith("take/")) {
          take(exchange, rest.substring(5));
        } else {
          file(exchange, rest.isEmpty() ? "index.html" : rest);
        }
      }
    }
  }

  private boolean isToken(String given) {
    return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
  }

  /** Without a token: a browser that has been here goes on to the page, so that a link that somebody shares opens there. */
  private void begin(HttpExchange exchange) throws IOException {
    List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
    boolean known = cookies.stream().flatMap(c -> List.of(c.split(";\\s*")).stream()).anyMatch(c -> c.startsWith(COOKIE + "=") && isToken(c.substring(COOKIE.length() + 1)));
    if (!known) {
      send(exchange, 404, KINDS.get("txt"), "Open the address that `lanewise play` has printed.\n请打开 lanewise play 显示的地址。\n");
      return;
    }
    exchange.getResponseHeaders().set("Location", "/" + token + "/");
    send(exchange, 302, KINDS.get("txt"), "");
  }

  private Player player(HttpExchange exchange) {
    return pages.player(query(exchange, "page").orElse(""), language(exchange));
  }

  private static Language language(HttpExchange exchange) {
    return query(exchange, "lang").flatMap(Language::named).orElse(Language.ENGLISH);
  }

  private static Optional<String> query(HttpExchange exchange, String name) {
    URI uri = exchange.getRequestURI();
    return uri.getRawQuery() == null ? Optional.empty()
        : List.of(uri.getRawQuery().split("&")).stream().filter(q -> q.startsWith(name + "=")).map(q -> q.substring(name.length() + 1)).findFirst();
  }

  /** A wish, or an image: bytes, answered in JSON. */
  private void answer(HttpExchange exchange, BiFunction<Desk, byte[], String> how) throws IOException {
    Phrases phrases = Player.phrases(language(exchange));
    try {
      if (!exchange.getRequestMethod().equals("POST")) {
        throw new Refusal(405, "this is asked with POST", "");
      }
      Player player = player(exchange);
      phrases = player.phrases();
      send(exchange, 200, "application/json", how.apply(new Desk(pages, player), body(exchange)));
    } catch (Refusal refusal) {
      send(exchange, refusal.status(), "application/json", Desk.refused(refusal, phrases));
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      // Whoever sends more hears the answer once it is sent, up to some length.
      exchange.getRequestBody().skip(4L * MOST_BYTES);
      throw new Refusal(413, "this is too large: at most " + (MOST_BYTES >> 20) + " MB", "");
    }
    return bytes;
  }

  private void take(HttpExchange exchange, String what) throws IOException {
    Desk.Parcel parcel = new Desk(pages, player(exchange)).parcel(what);
    exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + parcel.name() + "\"");
    send(exchange, 200, "application/octet-stream", parcel.bytes());
  }

  private void file(HttpExchange exchange, String name) throws IOException {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    if (!name.matches("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.[a-z]+") || !KINDS.containsKey(ending)) {
      throw new Refusal(404, "there is no such file", "");
    }
    try (InputStream in = PlayServer.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new Refusal(404, "there is no such file", "");
      }
      if (name.equals("index.html")) {
        exchange.getResponseHeaders().set("Set-Cookie", COOKIE + "=" + token + "; HttpOnly; SameSite=Lax; Path=/");
      }
      send(exchange, 200, KINDS.get(ending), in.readAllBytes());
    }
  }

  private static void send(HttpExchange exchange, int status, String kind, String text) throws IOException {
    send(exchange, status, kind, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String kind, byte[] bytes) throws IOException {
    head(exchange, kind);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void head(HttpExchange exchange, String kind) {
    exchange.getResponseHeaders().set("Content-Type", kind);
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
    exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
  }

  /** All that happens from now on; before it, to a page that has not been here, how things are. */
  private void events(HttpExchange exchange) throws IOException {
    Player player = player(exchange);
    String id = query(exchange, "page").orElse("");
    query(exchange, "lang").flatMap(Language::named).ifPresent(player::speak);
    pages.watched(id, true);
    try {
      head(exchange, "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      OutputStream out = exchange.getResponseBody();
      long seen = seen(exchange);
      if (!player.stream().reaches(seen)) {
        seen = player.stream().last();
        for (Map.Entry<String, String> now : player.all().entrySet()) {
          write(out, seen, now.getKey(), now.getValue());
        }
        out.flush();
      }
      for (boolean ends = false; !ends; ) {
        ends = player.stream().isClosed();
        List<Stream.Event> events = player.stream().after(seen, ends ? 0 : BEAT);
        if (events.isEmpty() && !ends) {
          out.write(": here\n\n".getBytes(StandardCharsets.UTF_8));
        }
        for (Stream.Event event : events) {
          write(out, event.id(), event.kind(), event.data());
          seen = event.id();
        }
        out.flush();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      pages.watched(id, false);
    }
  }

  private static long seen(HttpExchange exchange) {
    try {
      return Long.parseLong(Optional.ofNullable(exchange.getRequestHeaders().getFirst("Last-Event-ID")).orElse("0"));
    } catch (NumberFormatException none) {
      return 0;
    }
  }

  private static void write(OutputStream out, long id, String kind, String data) throws IOException {
    out.write(("id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    pages.close();
    // Those who listen are told before.
    server.stop(1);
  }
}
