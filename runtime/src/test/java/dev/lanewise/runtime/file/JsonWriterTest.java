package dev.lanewise.runtime.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonWriterTest {
  @TempDir private Path folder;

  @Test
  void partsAreSetApart() {
    String json = new JsonWriter().beginObject()
        .name("a").value(1).name("b").beginArray().endArray().name("c").beginArray().value("x").value(true).beginObject().endObject().endArray()
        .name("d").beginObject().name("e").value(0.5).endObject().name("").value("")
        .endObject().toString();
    assertThat(json).isEqualTo("{\"a\":1,\"b\":[],\"c\":[\"x\",true,{}],\"d\":{\"e\":0.5},\"\":\"\"}");
  }

  @Test
  void whatIsNoNumberIsNull() {
    assertThat(new JsonWriter().beginArray().value(Double.NaN).value(Double.POSITIVE_INFINITY).number(Double.NaN, "NaN").number(1e-5, "1.00000e-05").value(1e-5)
        .endArray()).hasToString("[null,null,null,1.00000e-05,1.0E-5]");
  }

  @Test
  void aTextThatEndsLikeABracketIsNone() {
    assertThat(new JsonWriter().beginArray().value("[").value(":").value("{").endArray()).hasToString("[\"[\",\":\",\"{\"]");
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      String text = random.ints(20, 0, i % 2 == 0 ? 0x80 : 0x11000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
      String json = new JsonWriter().beginObject().name(text).beginArray().value(text).value(i).endArray().endObject().toString();
      // As a file has it: halves of letters must not be lost on the way.
      String stored = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
      assertThat(new JsonReader(stored, 0).parse()).isEqualTo(Map.of(text, List.of(text, (long) i)));
    }
  }

  @Test
  void metadataHasTheOrderThatItIsGivenOrElseThatOfItsNames() throws IOException {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("b", "1\n");
    given.put("a", "2");
    assertThat(header(given)).startsWith("{\"__metadata__\":{\"b\":\"1\\n\",\"a\":\"2\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}");
    assertThat(header(Map.of("e", "", "d", "", "c", "", "b", "", "a", ""))).startsWith("{\"__metadata__\":{\"a\":\"\",\"b\":\"\",\"c\":\"\",\"d\":\"\",\"e\":\"\"}");
  }

  private String header(Map<String, String> metadata) throws IOException {
    Path file = folder.resolve("a");
    Safetensors.write(file, List.of(new Tensor("w", List.of(1, 2), new float[2])), metadata);
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).substring(8);
  }
}
