package dev.lanewise.runtime.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What other programs write, by its first bytes: their weights, archives, pictures, and what a download leaves that went wrong.
 *
 * <pre>{@code Foreign.of(head).map(Foreign.Kind::what)   // a zip archive of torch.save }</pre>
 */
public final class Foreign {
  private static final int SHOWN = 40;
  private static final String TORCH =
      "write it anew where the model is: `from safetensors.torch import save_file; save_file(model.state_dict(), \"m.safetensors\")`";
  private static final String ARRAYS =
      "write its arrays as safetensors, called and shaped as those that `save` writes: `from safetensors.numpy import save_file; save_file(arrays, \"m.safetensors\")`";
  private static final String NPZ =
      "in Python: `from safetensors.numpy import save_file; save_file(dict(numpy.load(\"m.npz\")), \"m.safetensors\")`";
  private static final String UNPACK = "unpack it first";
  private static final String ANEW = "fetch the file itself: the link of a page that shows it is another one";

  /** The beginning of PyTorch's files before version 1.6: a pickle of 0x1950a86a20f9469cfc6c. */
  private static final String OLD_TORCH = "80028a0a6cfc9c46f9206aa85019";

  /** What there is, in the order in which it is looked for. */
  private static final List<Kind> KINDS = List.of(
      new Kind("a zip archive of torch.save", TORCH, h -> isZip(h) && h.contains("/data.pkl")),
      new Kind("a NumPy archive", NPZ, h -> isZip(h) && h.entry().endsWith(".npy")),
      new Kind("a model of Keras", ARRAYS, h -> isZip(h) && (h.contains("metadata.json") || h.contains("model.weights.h5"))),
      new Kind("a zip archive", UNPACK, Foreign::isZip),
      new Kind("a pickle of torch.save", TORCH, h -> h.hex(OLD_TORCH)),
      new Kind("a pickle of torch.save", TORCH, h -> isPickle(h) && h.contains("torch")),
      new Kind("a pickle of Python, as torch.save, paddle.save and joblib write it", ARRAYS, Foreign::isPickle),
      new Kind("HDF5, as Keras writes it", ARRAYS, h -> h.hex("894844460d0a1a0a")),
      new Kind("GGUF, the weights of llama.cpp", "take the safetensors that they were made from", h -> h.hex("47475546")),
      new Kind("a model of TensorFlow Lite", ARRAYS, h -> h.at(4).startsWith("TFL3")),
      new Kind("a model of ONNX", ARRAYS, Foreign::isOnnx),
      new Kind("a NumPy array", ARRAYS, h -> h.hex("934e554d5059")),
      new Kind("weights of Darknet", ARRAYS, h -> h.hex("0000000001000000") || h.hex("0000000002000000")),
      new Kind("a gzip archive", UNPACK, h -> h.hex("1f8b")),
      new Kind("a bzip2 archive", UNPACK, h -> h.at(0).startsWith("BZh")),
      new Kind("an xz archive", UNPACK, h -> h.hex("fd377a585a00")),
      new Kind("a zstd archive", UNPACK, h -> h.hex("28b52ffd")),
      new Kind("a 7z archive", UNPACK, h -> h.hex("377abcaf271c")),
      new Kind("a tar archive", UNPACK, h -> h.at(257).startsWith("ustar")),
      new Kind("a pointer of git-lfs in place of the file", "fetch the file itself: `git lfs pull`", h -> h.at(0).startsWith("version https://git-lfs")),
      new Kind("a web page", ANEW, Foreign::isPage),
      new Kind("the names of checkpoints of TensorFlow", ARRAYS, h -> h.at(0).startsWith("model_checkpoint_path")),
      new Kind(
          "an index of several files of safetensors", "load each of these by `load(Net, from = \"…\")`",
          h -> h.isJson() && h.contains("\"weight_map\"")),
      new Kind("a PNG picture", "", h -> h.hex("89504e47")),
      new Kind("a JPEG picture", "", h -> h.hex("ffd8ff")),
      new Kind("a PDF document", "", h -> h.hex("25504446")),
      new Kind("a program", "", h -> h.hex("7f454c46")));

  private Foreign() {}

  /** What a file is that is no text and begins so, in a few words; empty if nobody knows. */
  public static Optional<String> what(byte[] head) {
    Head letters = new Head(new String(head, ISO_8859_1));
    return KINDS.stream().filter(k -> k.has().test(letters)).findFirst().map(Kind::what);
  }

  /** @param what it is, in a few words @param remedy what to do with it in place of weights; empty if there is nothing */
  record Kind(String what, String remedy, Predicate<Head> has) {}

  /** The first bytes of a file, as letters of one byte each. */
  record Head(String letters) {
    boolean hex(String beginning) {
      return letters.startsWith(new String(HexFormat.of().parseHex(beginning), ISO_8859_1));
    }

    boolean contains(String part) {
      return letters.contains(part);
    }

    /** What follows from there on. */
    String at(int offset) {
      return letters.substring(Math.min(offset, letters.length()));
    }

    int letter(int offset) {
      return offset < letters.length() ? letters.charAt(offset) : -1;
    }

    /** The name of a zip archive's first file: its length is at 26, the name at 30. */
    String entry() {
      int length = Math.max(0, letter(26)) + 256 * Math.max(0, letter(27));
      return at(30).substring(0, Math.min(length, at(30).length()));
    }

    /** Without a mark of the byte order. */
    String text() {
      return (hex("efbbbf") ? at(3) : letters).stripLeading();
    }

    boolean isJson() {
      return text().startsWith("{");
    }
  }

  /** What a file is that begins so; empty if nobody knows. */
  static Optional<Kind> of(byte[] head) {
    Head letters = new Head(new String(head, ISO_8859_1));
    return KINDS.stream().filter(k -> k.has().test(letters)).findFirst().or(() -> text(head));
  }

  private static Optional<Kind> text(byte[] head) {
    // A letter that is cut at the end counts for the text.
    for (int end = head.length; end > head.length - 4 && end > 0; end--) {
      try {
        String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, end)).toString();
        String line = text.strip().lines().findFirst().orElse("").strip();
        String shown = line.substring(0, line.offsetByCodePoints(0, Math.min(SHOWN, line.codePointCount(0, line.length()))));
        return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(new Kind("text that begins with `" + shown + "`", "", _ -> true));
      } catch (CharacterCodingException perhapsCut) {
        // One byte less, then.
      }
    }
    return Optional.empty();
  }

  private static boolean isZip(Head head) {
    return head.hex("504b0304");
  }

  /** Protocols 2 to 5. */
  private static boolean isPickle(Head head) {
    return head.letter(0) == 0x80 && head.letter(1) >= 2 && head.letter(1) <= 5;
  }

  /** Protobuf: the version first, then who wrote it, or the graph. */
  private static boolean isOnnx(Head head) {
    boolean version = head.letter(0) == 8 && head.letter(1) >= 1 && head.letter(1) < 32;
    return version && (head.letter(2) == 0x12 && Character.isLetterOrDigit(head.letter(4)) || head.letter(2) == 0x3a || head.letter(2) == 0x42);
  }

  private static boolean isPage(Head head) {
    String text = head.text().toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html") || text.startsWith("<html");
  }
}
