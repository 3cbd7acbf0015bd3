package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An embedding and the layer behind it as a table: the same bits with any number of threads, for weights that are a table alone, and for those that others read, too. */
class TableThreadsTest {
  @ParameterizedTest
  @ValueSource(strings = {
    "embed(8) -> gru(16) -> each { dense(29) }", "embed(8) -> lstm(9) -> each { dense(29) }", "embed(8) -> each { dense(29, bias = false) }",
    "letters: embed(8); each { dense(8) } -> gru(8) -> share(@letters)"
  })
  void threadsChangeNothing(String layers, @TempDir Path folder) throws IOException {
    byte[] one = trained(layers, 1, folder.resolve("1.safetensors"));
    for (int threads : new int[] {2, 3}) {
      byte[] more = trained(layers, threads, folder.resolve(threads + ".safetensors"));
      assertThat(Arrays.mismatch(one, more)).as("first byte that differs with %d threads", threads).isEqualTo(-1);
    }
  }

  private static byte[] trained(String layers, int threads, Path file) throws IOException {
    List<SessionEvent> events = new ArrayList<>();
    try (Session session = new Session(new Options(threads, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      assertThat(session.run(new Source("prompt", """
          data names = lines() { limit = 200 }
          net N { input names; %s }
          train N on names { epochs = 2; batch = 48; optimizer = adamw(0.01); clip = norm(1) }
          save(N, "%s")
          """.formatted(layers, file), true))).as("%s", events).isEqualTo(Outcome.OK);
    }
    byte[] all = Files.readAllBytes(file);
    // Behind the header, which has the script: its length stands first.
    int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getInt();
    return Arrays.copyOfRange(all, Long.BYTES + header, all.length);
  }
}
