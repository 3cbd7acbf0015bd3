package dev.lanewise.repl.play;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamTest {
  private final Stream stream = new Stream();

  private List<String> after(long id) throws InterruptedException {
    return stream.after(id, 0).stream().map(e -> e.kind() + e.data()).toList();
  }

  @Test
  void picturesReplaceEachOtherAndNewsDoNot() throws InterruptedException {
    stream.tell("acts", "1");
    stream.tell("epoch", "1");
    stream.tell("acts", "2");
    stream.tell("epoch", "2");
    assertThat(after(0)).containsExactly("epoch1", "acts2", "epoch2");
    assertThat(after(3)).containsExactly("epoch2");
    assertThat(after(4)).isEmpty();
  }

  @Test
  void whoWasAwayTooLongBeginsAnew() {
    assertThat(stream.reaches(0)).isFalse();
    for (int i = 0; i < 3000; i++) {
      stream.tell("epoch", "");
    }
    assertThat(stream.reaches(10)).isFalse();
    assertThat(stream.reaches(1500)).isTrue();
    assertThat(stream.reaches(3000)).isTrue();
    assertThat(stream.reaches(3001)).isFalse();
  }

  @Test
  void waitingEndsWithTheFirstEventOrTheStream() throws Exception {
    Thread teller = Thread.ofVirtual().start(() -> stream.tell("epoch", "1"));
    assertThat(stream.after(0, 60_000)).hasSize(1);
    teller.join();
    Thread closer = Thread.ofVirtual().start(stream::close);
    assertThat(stream.after(1, 60_000)).isEmpty();
    closer.join();
    assertThat(stream.isClosed()).isTrue();
  }
}
