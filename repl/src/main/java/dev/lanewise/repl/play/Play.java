package dev.lanewise.repl.play;

import dev.lanewise.dsl.run.Options;
import dev.lanewise.repl.conversation.Conversation;
import java.awt.Desktop;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The page in the browser, as long as it is served. */
public final class Play implements AutoCloseable {
  private static final String CLASSIC = "mnist-cnn.net";

  private final PlayServer server;

  private Play(PlayServer server) {
    this.server = server;
  }

  /**
   * @param file that the page opens; empty for the classic network, if it is there
   * @param orAny whether another port will do if this one is taken
   * @throws IOException if the file cannot be read, or nobody may listen there
   */
  public static Play start(Options options, String file, String host, int port, boolean orAny) throws IOException {
    Shelf shelf = file.isEmpty() ? Shelf.here() : Shelf.here().with(Path.of(file));
    String first = file.isEmpty() ? shelf.sampleNames().contains(CLASSIC) ? CLASSIC : "" : shelf.name(Path.of(file));
    if (!first.isEmpty()) {
      try {
        shelf.open(first);
      } catch (Refusal unreadable) {
        throw new IOException(unreadable.getMessage());
      }
    }
    Thread.ofPlatform().daemon().name("ready").start(Conversation::getReady);
    Pages pages = new Pages(options, shelf, first);
    try {
      return new Play(PlayServer.start(pages, host, port));
    } catch (BindException taken) {
      if (!orAny) {
        throw taken;
      }
      return new Play(PlayServer.start(pages, host, 0));
    }
  }

  public String address() {
    return server.address();
  }

  /** Opens the page in a browser. False if there is none to be opened from here. */
  public boolean browse() {
    try {
      if (Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
        Desktop.getDesktop().browse(URI.create(address()));
        return true;
      }
      if (System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
        return false;
      }
      return new ProcessBuilder(List.of("xdg-open", address())).start().waitFor() == 0;
    } catch (IOException | RuntimeException none) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
