package dev.lanewise.repl.prompt;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
  static Optional<TrueImages> of(Map<String, String> environment) {
    String protocol = environment.getOrDefault("LANEWISE_GRAPHICS", "");
    return Optional.ofNullable(switch (protocol.isEmpty() ? seeming(environment) : protocol) {
      case "kitty" -> new TrueImages(new KittyGraphics());
      case "iterm2" -> new TrueImages(new ITerm2Graphics());
      case "sixel" -> new TrueImages(new SixelGraphics());
      default -> null;
    });
  }

  private static String seeming(Map<String, String> environment) {
    String type = environment.getOrDefault("TERM", "");
    String program = environment.getOrDefault("TERM_PROGRAM", "");
    if (environment.containsKey("TMUX") || type.startsWith("screen") || type.startsWith("tmux")) {
      // The environment is that of the terminal outside, which does not see what is written here.
      return "none";
    }
    if (type.contains("kitty") || type.contains("ghostty") || environment.containsKey("KITTY_WINDOW_ID") || program.equals("WezTerm")
        || program.equals("ghostty")) {
      return "kitty";
    }
    if (program.equals("iTerm.app") || environment.getOrDefault("LC_TERMINAL", "").equals("iTerm2")) {
      return "iterm2";
    }
    boolean sixel = type.equals("foot") || type.startsWith("foot-") || type.startsWith("mlterm") || type.contains("sixel") || program.equals("mintty");
    return sixel ? "sixel" : "none";
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
