package dev.lanewise.runtime.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstFitTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyBufferLiesAsLowAsThoseBeforeItAllow(long seed) {
    Random random = new Random(seed);
    List<Buffer> buffers = new ArrayList<>();
    int first = -1;
    for (int i = 0; i < 300; i++) {
      first += random.nextInt(2);
      Buffer buffer = new Buffer(16 * (1 + random.nextInt(12)), first);
      buffer.last = random.nextInt(10) == 0 ? Integer.MAX_VALUE : first + random.nextInt(20);
      buffers.add(buffer);
    }
    int end = FirstFit.place(buffers);
    List<Integer> places = buffers.stream().map(b -> b.offset).toList();
    for (int i = 0; i < buffers.size(); i++) {
      assertThat(places.get(i)).as("buffer %d, seed %d", i, seed).isEqualTo(lowest(buffers.get(i), buffers.subList(0, i)));
    }
    assertThat(end).isEqualTo(buffers.stream().mapToInt(Buffer::end).max().orElseThrow());
  }

  /** As it is defined: place after place; all sizes are multiples of a block. */
  private static int lowest(Buffer buffer, List<Buffer> before) {
    int place = Memory.BASE;
    while (isTaken(place, buffer, before)) {
      place += 16;
    }
    return place;
  }

  private static boolean isTaken(int place, Buffer buffer, List<Buffer> before) {
    return before.stream().anyMatch(b -> b.first <= buffer.last && buffer.first <= b.last && place < b.end() && b.offset < place + buffer.size);
  }
}
