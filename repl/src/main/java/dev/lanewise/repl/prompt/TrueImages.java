package dev.lanewise.repl.prompt;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ITerm2Graphics;
import org.jline.terminal.impl.KittyGraphics;
import org.jline.terminal.impl.SixelGraphics;
import org.jline.terminal.impl.TerminalGraphics;

/**
 * Images that a terminal shows as such: by the protocols of Kitty and iTerm2, or as Sixel. Which it can is told by its environment, never by
 * asking it: its answer could come too late and be taken for something typed.
 */
final class TrueImages {
  private final TerminalGraphics graphics;

  private TrueImages(TerminalGraphics graphics) {
    this.graphics = graphics;
  }

  /** Empty if the terminal cannot; LANEWISE_GRAPHICS (kitty, iterm2, sixel, none) overrules what it seems. */
  static Optional<TrueImages> of(Terminal terminal, Map<String, String> environment) {
    Optional<TerminalGraphics> graphics = switch (environment.getOrDefault("LANEWISE_GRAPHICS", "")) {
      case "kitty" -> Optional.of(new KittyGraphics());
      case "iterm2" -> Optional.of(new ITerm2Graphics());
      case "sixel" -> Optional.of(new SixelGraphics());
      case "none" -> Optional.empty();
      default -> seeming(terminal, environment);
    };
    return graphics.map(TrueImages::new);
  }

  /** Inside tmux and screen the environment is that of another terminal. */
  private static Optional<TerminalGraphics> seeming(Terminal terminal, Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "");
    if (environment.containsKey("TMUX") || type.startsWith("screen") || type.startsWith("tmux")) {
      return Optional.empty();
    }
    TerminalGraphics kitty = new KittyGraphics();
    TerminalGraphics iterm = new ITerm2Graphics();
    if (kitty.isSupported(terminal)) {
      return Optional.of(kitty);
    }
    if (iterm.isSupported(terminal)) {
      return Optional.of(iterm);
    }
    boolean sixel = type.equals("foot") || type.startsWith("foot-") || type.startsWith("mlterm") || type.contains("sixel")
        || environment.getOrDefault("TERM_PROGRAM", "").equals("mintty");
    return sixel ? Optional.of(new SixelGraphics()) : Optional.empty();
  }

  /** What draws an image when it is written; empty if there is none. */
  Optional<String> encoded(BufferedImage image) {
    if (image == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(graphics.convertImage(image, new TerminalGraphics.ImageOptions()));
    } catch (IOException unencoded) {
      return Optional.empty();
    }
  }
}
