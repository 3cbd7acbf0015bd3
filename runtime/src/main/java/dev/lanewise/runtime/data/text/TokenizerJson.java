package dev.lanewise.runtime.data.text;

import dev.lanewise.runtime.file.JsonReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;

/**
 * Reads Hugging Face's {@code tokenizer.json}, where it holds byte pairs of bytes as GPT-2 has them. What else there is, is refused by its name.
 *
 * <pre>{@code {"model": {"type": "BPE", "vocab": {"a": 0, …}, "merges": ["a b", …]}, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false}, …} }</pre>
 */
final class TokenizerJson {
  private final Path file;

  private TokenizerJson(Path file) {
    this.file = file;
  }

  /** @throws IOException naming the file, and what is not supported */
  static Vocabulary read(Path file) throws IOException {
    try {
      if (new JsonReader(Utf8.read(file), 0).parse() instanceof Map<?, ?> object) {
        return new TokenizerJson(file).vocabulary(object);
      }
    } catch (ClassCastException | NullPointerException | PatternSyntaxException e) {
      throw new IOException(file + ": this is no tokenizer.json of Hugging Face", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    throw new IOException(file + ": this is no tokenizer.json of Hugging Face");
  }

  private Vocabulary vocabulary(Map<?, ?> object) throws IOException {
    Map<?, ?> model = (Map<?, ?>) object.get("model");
    if (model == null || !"BPE".equals(model.get("type")) && model.get("type") != null) {
      throw refused(model == null ? "no model" : "a model of type " + model.get("type"));
    }
    for (String suffix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (model.get(suffix) instanceof String s && !s.isEmpty()) {
        throw refused("`" + suffix + "`");
      }
    }
    for (String flag : List.of("byte_fallback", "ignore_merges")) {
      if (Boolean.TRUE.equals(model.get(flag))) {
        throw refused("`" + flag + "`");
      }
    }
    if (model.get("dropout") != null) {
      throw refused("`dropout`");
    }
    if (object.get("normalizer") instanceof Map<?, ?> normalizer) {
      throw refused("a normalizer of type " + normalizer.get("type"));
    }
    String words = words(object.get("pre_tokenizer"));
    List<String> marks = new ArrayList<>();
    List<String> tokens = new ArrayList<>();
    ((Map<?, ?>) model.get("vocab")).forEach((token, number) -> put(tokens, (String) token, (Long) number));
    if (object.get("added_tokens") instanceof List<?> added) {
      for (Object token : added) {
        String content = (String) ((Map<?, ?>) token).get("content");
        marks.add(content);
        put(tokens, content, (Long) ((Map<?, ?>) token).get("id"));
      }
    }
    int missing = tokens.indexOf(null);
    if (missing >= 0) {
      throw new IOException(file + ": no token has the number " + missing);
    }
    List<BytePairs.Merge> merges = new ArrayList<>();
    for (Object merge : (List<?>) model.get("merges")) {
      List<?> pair = merge instanceof String s ? List.of(s.split(" ", -1)) : (List<?>) merge;
      if (pair.size() != 2) {
        throw new IOException(file + ": a merge is two pieces, not " + merge);
      }
      merges.add(new BytePairs.Merge((String) pair.getFirst(), (String) pair.getLast()));
    }
    return new Vocabulary(new BytePairs(merges, words, marks), tokens, false);
  }

  private void put(List<String> tokens, String token, long number) {
    if (number < 0 || number > 1 << 20) {
      throw new IllegalArgumentException("the token \"" + token + "\" has the number " + number);
    }
    while (tokens.size() <= number) {
      tokens.add(null);
    }
    String before = tokens.set((int) number, token);
    if (before != null && !before.equals(token)) {
      throw new IllegalArgumentException("two tokens have the number " + number);
    }
  }

  /** The expression that finds words. */
  private String words(Object pre) throws IOException {
    if (!(pre instanceof Map<?, ?> one)) {
      throw refused("a text that is not cut into words first");
    }
    if ("ByteLevel".equals(one.get("type"))) {
      return byteLevel(one) ? BytePairs.WORDS : "(?s).+";
    }
    if (!"Sequence".equals(one.get("type"))) {
      throw refused("a pre-tokenizer of type " + one.get("type"));
    }
    List<?> steps = (List<?>) one.get("pretokenizers");
    boolean two = steps.size() == 2 && steps.getFirst() instanceof Map<?, ?> split && "Split".equals(split.get("type"))
        && split.get("pattern") instanceof Map<?, ?> pattern && pattern.get("Regex") instanceof String && "Isolated".equals(split.get("behavior"))
        && !Boolean.TRUE.equals(split.get("invert")) && steps.getLast() instanceof Map<?, ?> level && "ByteLevel".equals(level.get("type"));
    if (!two || byteLevel((Map<?, ?>) steps.getLast())) {
      throw refused("these steps of a pre-tokenizer");
    }
    return (String) ((Map<?, ?>) ((Map<?, ?>) steps.getFirst()).get("pattern")).get("Regex");
  }

  /** Whether it finds words itself. */
  private boolean byteLevel(Map<?, ?> step) throws IOException {
    if (Boolean.TRUE.equals(step.get("add_prefix_space"))) {
      throw refused("`add_prefix_space`");
    }
    return !Boolean.FALSE.equals(step.get("use_regex"));
  }

  private IOException refused(String what) {
    return new IOException(file + ": " + what + " is not supported: byte pairs of bytes are, as GPT-2 has them");
  }
}
