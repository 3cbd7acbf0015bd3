package dev.lanewise.runtime.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytePairsTest {
  @TempDir Path folder;

  /** The textbook: count all pairs anew each time. */
  private static List<BytePairs.Merge> naive(Map<String, Long> counted, int merges) {
    List<String> pieces = new ArrayList<>(Bytes.all());
    Map<List<String>, Long> words = new HashMap<>();
    counted.forEach((w, n) -> words.put(Arrays.asList(Bytes.signs(w).split("")), n));
    List<BytePairs.Merge> learned = new ArrayList<>();
    while (learned.size() < merges) {
      Map<BytePairs.Merge, Long> counts = new HashMap<>();
      words.forEach((w, n) -> {
        for (int i = 0; i + 1 < w.size(); i++) {
          counts.merge(new BytePairs.Merge(w.get(i), w.get(i + 1)), n, Long::sum);
        }
      });
      BytePairs.Merge best = null;
      for (BytePairs.Merge m : counts.keySet()) {
        int order = best == null ? -1 : Long.compare(counts.get(best), counts.get(m));
        order = order != 0 ? order : Integer.compare(pieces.indexOf(m.left()), pieces.indexOf(best.left()));
        order = order != 0 ? order : Integer.compare(pieces.indexOf(m.right()), pieces.indexOf(best.right()));
        best = order < 0 ? m : best;
      }
      if (best == null || counts.get(best) < 2) {
        return learned;
      }
      learned.add(best);
      pieces.add(best.both());
      Map<List<String>, Long> next = new HashMap<>();
      for (Map.Entry<List<String>, Long> e : words.entrySet()) {
        List<String> merged = new ArrayList<>();
        List<String> w = e.getKey();
        for (int i = 0; i < w.size(); i++) {
          boolean both = i + 1 < w.size() && w.get(i).equals(best.left()) && w.get(i + 1).equals(best.right());
          merged.add(both ? best.both() : w.get(i));
          i += both ? 1 : 0;
        }
        next.merge(merged, e.getValue(), Long::sum);
      }
      words.clear();
      words.putAll(next);
    }
    return learned;
  }

  @Test
  void pairsAreLearntAsTheTextbookSays() {
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 300; i++) {
        text.append("abab我们cab aa".charAt(random.nextInt(11))).append(random.nextInt(6) == 0 ? " " : "");
      }
      Map<String, Long> counted = new TreeMap<>();
      PairLearning.count(text.toString(), counted);
      // A piece may be made in two ways; the second one is left out, and so are pairs from there on.
      List<BytePairs.Merge> expected = naive(counted, 40);
      long different = expected.stream().map(BytePairs.Merge::both).distinct().count();
      if (different == expected.size()) {
        assertThat(PairLearning.learn(counted, 40)).as("seed %d", seed).isEqualTo(expected);
      }
      assertThat(PairLearning.learn(counted, 40)).as("again").isEqualTo(PairLearning.learn(counted, 40));
    }
  }

  /** A megabyte takes seconds, in any order of the words. */
  @Test
  void aLongTextIsLearntAndComesBack() throws IOException {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 1_000_000; i++) {
      text.append((char) ('a' + random.nextInt(3))).append(Integer.toString(random.nextInt(20_000), 30)).append(i % 12 == 11 ? "。\n" : " ");
    }
    Cutting.Counting counting = new Cutting.Counting(new Cutting.Learned(2_000), false);
    counting.add(text.toString());
    Vocabulary vocabulary = counting.vocabulary(List.of(), 0);
    assertThat(vocabulary.size()).isEqualTo(2_000);
    int[] tokens = vocabulary.tokens(text.toString());
    assertThat(tokens.length).isLessThan(text.length() * 3 / 5);
    assertThat(vocabulary.text(tokens)).isEqualTo(text.toString());
    assertThat(vocabulary.text(vocabulary.tokens("那么 😀?"))).as("what was never seen").isEqualTo("那么 😀?");
  }

  private static final String JSON = """
      {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [{"id": 6, "content": "<|endoftext|>", "special": true, "lstrip": false}],
       "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true},
       "post_processor": null, "decoder": {"type": "ByteLevel"},
       "model": {"type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": "", "end_of_word_suffix": "", "fuse_unk": false, "byte_fallback": false,
         "vocab": {"a": 0, "b": 1, "Ġ": 2, "ab": 3, "Ġab": 4, "Ċ": 5}, "merges": ["a b", "Ġ ab"]}}
      """;

  private Vocabulary read(String json) throws IOException {
    Path file = folder.resolve("tokenizer.json");
    Files.writeString(file, json);
    return TokenizerJson.read(file);
  }

  @Test
  void aFileOfHuggingFaceIsRead() throws IOException {
    Vocabulary v = read(JSON);
    assertThat(v.tokens("ab ab\na<|endoftext|>b")).containsExactly(3, 4, 5, 0, 6, 1);
    assertThat(v.text(3, 4, 5, 0, 6, 1)).isEqualTo("ab ab\na<|endoftext|>b");
    assertThat(v.unknown("abc")).containsExactly("c");
    assertThat(read(JSON.replace("[\"a b\", \"Ġ ab\"]", "[[\"a\", \"b\"], [\"Ġ\", \"ab\"]]"))).isEqualTo(v);
    Vocabulary split = read(JSON.replace(
        "{\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"trim_offsets\": true, \"use_regex\": true}",
        "{\"type\": \"Sequence\", \"pretokenizers\": [{\"type\": \"Split\", \"pattern\": {\"Regex\": \" |b\"}, \"behavior\": \"Isolated\", \"invert\": false},"
            + " {\"type\": \"ByteLevel\", \"add_prefix_space\": false, \"use_regex\": false}]}"));
    assertThat(split.tokens("ab")).as("the words are a and b").containsExactly(0, 1);
  }

  @Test
  void whatIsNotSupportedIsNamed() {
    assertThatThrownBy(() -> read(JSON.replace("\"type\": \"BPE\"", "\"type\": \"Unigram\""))).isInstanceOf(IOException.class).hasMessageContaining("a model of type Unigram is not supported");
    assertThatThrownBy(() -> read(JSON.replace("\"byte_fallback\": false", "\"byte_fallback\": true"))).hasMessageContaining("`byte_fallback`");
    assertThatThrownBy(() -> read(JSON.replace("\"normalizer\": null", "\"normalizer\": {\"type\": \"NFC\"}"))).hasMessageContaining("a normalizer of type NFC");
    assertThatThrownBy(() -> read(JSON.replace("\"add_prefix_space\": false", "\"add_prefix_space\": true"))).hasMessageContaining("`add_prefix_space`");
    assertThatThrownBy(() -> read(JSON.replace("\"type\": \"ByteLevel\", \"add", "\"type\": \"Whitespace\", \"add"))).hasMessageContaining("a pre-tokenizer of type Whitespace");
    assertThatThrownBy(() -> read(JSON.replace("\"ab\": 3", "\"ab\": 7"))).hasMessageContaining("no token has the number 3");
    assertThatThrownBy(() -> read(JSON.replace("\"ab\": 3", "\"ab\": 1"))).hasMessageContaining("two tokens have the number 1");
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("no tokenizer.json");
    assertThatThrownBy(() -> read("{\"model\": 3}")).hasMessageContaining("no tokenizer.json");
    assertThatThrownBy(() -> read("{")).isInstanceOf(IOException.class);
  }

  @Test
  void whatIsNoUtf8IsToldWithItsPlace() throws IOException {
    Path file = folder.resolve("bad.txt");
    Files.write(file, new byte[] {'a', '\n', 'b', (byte) 0xe9, 'c'});
    assertThatThrownBy(() -> Utf8.read(file)).isInstanceOf(IOException.class).hasMessage(file + ", line 2: this is no text in UTF-8, byte 3 is 0xe9");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 'a', 0});
    assertThatThrownBy(() -> Utf8.read(file)).hasMessageContaining("UTF-16");
    Files.writeString(file, "\ufeffa\r\nb\rc\n");
    assertThat(Utf8.read(file)).isEqualTo("a\nb\nc\n");
  }
}
