package dev.lanewise.repl.play;

import dev.lanewise.runtime.file.JsonWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;

/** Many numbers on their way to a page, as half precision (IEEE 754 binary16), little endian, in base 64; and back. */
final class Halves {
  private Halves() {}

  static String text(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(Float.floatToFloat16(value));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /** @throws Refusal if they are none, or not that many */
  static float[] values(String text, int count) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException none) {
      throw Refusal.of("these are no numbers in base 64", "");
    }
    if (bytes.length != 2 * count) {
      throw Refusal.of("the network takes " + count + " numbers, but here are " + bytes.length / 2, "");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = Float.float16ToFloat(buffer.getShort());
    }
    return values;
  }

  /** {@code "shape":[10,24,24],"max":8.27,"f16":"…"}, inside an object. */
  static JsonWriter put(JsonWriter json, List<Integer> shape, float[] values) {
    json.name("shape").beginArray();
    shape.forEach(json::value);
    json.endArray();
    float most = 0;
    for (float value : values) {
      most = Math.max(most, Math.abs(value));
    }
    return json.name("max").value((double) most).name("f16").value(text(values));
  }
}
