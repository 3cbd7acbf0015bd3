package dev.lanewise.repl.prompt;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jline.terminal.impl.SixelGraphics;
import org.jline.terminal.impl.TerminalGraphics;

/**
 * Images that a terminal shows as such: by the protocols of Kitty and iTerm2, or as Sixel. Which it can is told by its environment, never by
 * asking it: its answer could come too late and be taken for something typed.
 */
final class TrueImages {
  /** Makes of an image what draws it. */
  private interface Protocol {
    String encode(BufferedImage image) throws IOException;
  }

  /** Kitty takes no more letters in one sequence. */
  private static final int CHUNK = 4096;

  private final Protocol protocol;

  private TrueImages(Protocol protocol) {
    this.protocol = protocol;
  }

  /** Empty if the terminal cannot; LANEWISE_GRAPHICS (kitty, iterm2, sixel, none) overrules what it seems. */
  static Optional<TrueImages> of(Map<String, String> environment) {
    String protocol = environment.getOrDefault("LANEWISE_GRAPHICS", "");
    return Optional.ofNullable(switch (protocol.isEmpty() ? seeming(environment) : protocol) {
      case "kitty" -> new TrueImages(TrueImages::kitty);
      case "iterm2" -> new TrueImages(TrueImages::iterm2);
      case "sixel" -> new TrueImages(image -> new SixelGraphics().convertImage(image, new TerminalGraphics.ImageOptions()));
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
      return Optional.of(protocol.encode(image));
    } catch (IOException unencoded) {
      return Optional.empty();
    }
  }

  /**
   * A PNG (f = 100) that is shown where the cursor stands (a = T), in pieces of which all but the last say m = 1; the terminal is to answer nothing
   * (q = 2). It has no number: a later image of the same number would take its place. See the Kitty graphics protocol.
   */
  private static String kitty(BufferedImage image) throws IOException {
    String png = png(image);
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < png.length(); from += CHUNK) {
      int end = Math.min(png.length(), from + CHUNK);
      text.append("\u001b_G").append(from == 0 ? "a=T,f=100,q=2," : "").append(end < png.length() ? "m=1;" : "m=0;")
          .append(png, from, end).append("\u001b\\");
    }
    return text.toString();
  }

  /** See iTerm2's inline images protocol. */
  private static String iterm2(BufferedImage image) throws IOException {
    return "\u001b]1337;File=inline=1:" + png(image) + "\u0007";
  }

  private static String png(BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
