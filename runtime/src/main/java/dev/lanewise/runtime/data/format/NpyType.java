package dev.lanewise.runtime.data.format;

import java.nio.ByteOrder;
import java.util.Optional;

/**
 * NumPy's code of what an array is made of, such as {@code <f4}: a sign for the order of bytes, a letter for the kind, the bytes of an
 * element (of {@code U} the letters).
 */
record NpyType(String code) {
  private static final String ORDERS = "<>|=";

  /** Numbers; empty if they are something else. */
  Optional<Element> element() {
    return Element.of(body()).filter(e -> ORDERS.indexOf(sign()) >= 0 && (sign() != '|' || e.bytes() == 1));
  }

  /** Letters of a word, if the elements are words that can be read; otherwise 0. */
  int letters() {
    return body().matches("[US][1-9]\\d{0,4}") ? Integer.parseInt(body().substring(1)) : 0;
  }

  /** Whether letters are code points of four bytes, not single bytes. */
  boolean isUnicode() {
    return body().startsWith("U");
  }

  ByteOrder order() {
    return sign() == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  /** What is wrong with elements that are neither numbers nor words, and what to do. */
  String refused() {
    String cure = switch (body().isEmpty() ? ' ' : body().charAt(0)) {
      case 'c' -> ", complex numbers: save x.real.astype(\"float32\"), or the parts as two channels";
      case 'O' -> ", Python objects, often lists of different lengths: bring them to one length, and save np.stack(x).astype(\"float32\")";
      case 'V' -> body().equals("V2")
          ? ", which is how bfloat16 is written: save x.astype(\"float32\")"
          : ", bytes without a meaning: save x.astype(\"float32\") of what they were";
      case 'M', 'm' -> ", dates or times: save x.astype(\"float64\")";
      case ' ' -> ", records of several fields: save one field, x[\"name\"]";
      default -> "; there are b1, u1, i1, u2, i2, u4, i4, u8, i8, f2, f4 and f8: convert the array with .astype(\"float32\")";
    };
    return (code.isEmpty() ? "elements" : "elements of type '" + code + "'") + cure;
  }

  private char sign() {
    return code.isEmpty() ? ' ' : code.charAt(0);
  }

  private String body() {
    return code.isEmpty() ? "" : code.substring(1);
  }
}
