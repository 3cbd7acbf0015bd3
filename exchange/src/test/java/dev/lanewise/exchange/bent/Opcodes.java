package dev.lanewise.exchange.bent;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Pickles with opcodes among them that would run something, hold themselves, or ask for much. What would run makes a file, if it ran. */
final class Opcodes {
  /** What there is afterwards if anything was run. */
  static final String SEEN = "bent-seen";

  private static final String[] CALLS = {
    "cos\nsystem\n", "cposix\nsystem\n", "csubprocess\nPopen\n", "cbuiltins\neval\n", "cbuiltins\nexec\n", "ctorch\nload\n", "ctorch.hub\nload\n", "c__torch__\nsystem\n", "ctorch\nosStorage\n", "ccollections\nOrderedDict\n"};

  private Opcodes() {}

  static byte[] bent(byte[] pickle, Random random) {
    int place = random.nextInt(pickle.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(pickle, 0, place);
    out.writeBytes(inserted(random));
    int behind = random.nextInt(3) == 0 ? Math.min(pickle.length, place + random.nextInt(6)) : place;
    out.write(pickle, behind, pickle.length - behind);
    return out.toByteArray();
  }

  private static byte[] inserted(Random random) {
    String call = CALLS[random.nextInt(CALLS.length)];
    String touch = "touch " + SEEN;
    return switch (random.nextInt(12)) {
      case 0 -> text(call + "(X" + length(touch.length()) + touch + "tR");
      case 1 -> text("(" + call.substring(1).replaceFirst("^", "i") + "X" + length(touch.length()) + touch + "t");
      case 2 -> text("(" + call + "X" + length(touch.length()) + touch + "o");
      case 3 -> text(call + "(X" + length(touch.length()) + touch + "t\u0081");
      case 4 -> text("]q\u0001h\u0001a");
      case 5 -> text("}q\u0001X" + length(1) + "ah\u0001s");
      case 6 -> text("(".repeat(100_000));
      case 7 -> text("]".repeat(50_000) + "a".repeat(49_999));
      case 8 -> text("X" + length((int) Bytes.length(random)));
      case 9 -> text("\u008b" + length((int) Bytes.length(random)));
      case 10 -> text("(" + "J" + length(Integer.MAX_VALUE) + "J" + length(Integer.MAX_VALUE) + "t");
      default -> text("]q\u0002" + "]h\u0002ah\u0002aq\u0002".repeat(200));
    };
  }

  private static String length(int number) {
    return new String(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] text(String bytes) {
    return bytes.getBytes(StandardCharsets.ISO_8859_1);
  }
}
