package dev.lanewise.runtime.fetch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;

/**
 * A server on this machine that has one file, and does with each request what it is told: also what no server should.
 */
final class Loopback implements AutoCloseable {
  /** How a request is answered. Offsets are those of the file. */
  enum Manner {
    /** As it should be, with what the request asks for. */
    HONEST,
    /** All of the file, whatever part was asked for. */
    WHOLE,
    /** The connection ends after a third of what is left. */
    BREAKS_OFF,
    /** The connection ends before anything comes. */
    HANGS_UP,
    /** After the head and a little, nothing comes any more. */
    STALLS,
    /** Nothing comes at all. */
    SILENT,
    /** Other bytes, as many. */
    WRONG_BYTES,
    /** The head promises less than the file is. */
    PROMISES_LESS,
    /** The head promises nothing, and more bytes come than the file has. */
    SENDS_MORE,
    /** The part that begins elsewhere. */
    WRONG_RANGE,
    /** There is no such file. */
    NOT_FOUND
  }

  private final ServerSocket socket;
  private final byte[] content;
  private final Queue<Manner> manners = new ArrayDeque<>();
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final List<Socket> open = Collections.synchronizedList(new ArrayList<>());

  Loopback(byte[] content, Manner... manners) throws IOException {
    this.content = content;
    this.manners.addAll(List.of(manners));
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon().start(this::serve);
  }

  URI uri() {
    return URI.create("http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + "/files/");
  }

  /** What the requests asked for, "all" for those without a range. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        answer(connection);
      } catch (IOException e) {
        // The client has gone, or the test has ended.
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(),
        StandardCharsets.US_ASCII));
    long from = 0;
    String range = "all";
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("range: bytes=")) {
        range = line.substring("range: bytes=".length());
        from = Long.parseLong(range.substring(0, range.indexOf('-')));
      }
    }
    ranges.add(range);
    Manner manner = manners.isEmpty() ? Manner.HONEST : manners.remove();
    OutputStream out = connection.getOutputStream();
    int begin = manner == Manner.WHOLE ? 0 : (int) from;
    byte[] rest = Arrays.copyOfRange(content, Math.min(begin, content.length), content.length);
    switch (manner) {
      case HONEST, WHOLE, WRONG_RANGE -> {
        if (begin >= content.length) {
          head(out, "416 Range Not Satisfiable", 0, "");
        } else {
          part(out, manner == Manner.WRONG_RANGE ? begin + 1 : begin, rest.length);
          out.write(rest);
        }
      }
      case BREAKS_OFF -> {
        part(out, begin, rest.length);
        out.write(rest, 0, rest.length / 3);
      }
      case STALLS -> {
        part(out, begin, rest.length);
        out.write(rest, 0, 10);
        out.flush();
        return;
      }
      case SILENT -> {
        return;
      }
      case HANGS_UP -> { }
      case WRONG_BYTES -> {
        part(out, begin, rest.length);
        out.write(new byte[rest.length]);
      }
      case PROMISES_LESS -> part(out, begin, rest.length - 1);
      case SENDS_MORE -> {
        out.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(content);
        out.write(content);
      }
      case NOT_FOUND -> head(out, "404 Not Found", 0, "");
    }
    out.flush();
    connection.close();
  }

  private void part(OutputStream out, int begin, int length) throws IOException {
    if (begin == 0) {
      head(out, "200 OK", length, "");
    } else {
      head(out, "206 Partial Content", length, "Content-Range: bytes " + begin + "-" + (begin + length - 1) + "/"
          + content.length + "\r\n");
    }
  }

  private static void head(OutputStream out, String status, int length, String more) throws IOException {
    String head = "HTTP/1.1 " + status + "\r\nContent-Length: " + length + "\r\n" + more + "Connection: close\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket s : open) {
      s.close();
    }
  }
}
