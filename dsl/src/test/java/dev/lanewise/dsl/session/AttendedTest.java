package dev.lanewise.dsl.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.exhibit.Exhibit;
import dev.lanewise.dsl.exhibit.Gallery;
import dev.lanewise.dsl.exhibit.Picture;
import dev.lanewise.dsl.exhibit.Table;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.dsl.run.Outcome;
import dev.lanewise.dsl.run.SessionEvent;
import dev.lanewise.runtime.plan.KernelSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where attention looks, named by the tokens of texts or over a picture; and texts that are made of pictures. */
class AttendedTest {
  private static final Path MNIST = Path.of("../samples/mnist").toAbsolutePath();
  private static final String ADDS = """
      data added = sums(digits = 2, count = 200)
      net Adds {
        source: input added.source
        embed(8)
        memory: gru(4, both = true)
        target: input added.target
        embed(8) -> gru(8)
        add {
          path { look: attention(2, from = @memory) }
          path {}
        }
        layernorm(over = channels) -> each { dense(added.next.kinds) }
      }
      """;
  private static final String TELLS = """
      data seen = captions("MNIST", count = 60, language = chinese) { normalize = auto }
      net Tells {
        image: input seen.image
        conv(4, 5, stride = 4, pad = 2) -> relu -> maxpool(2) -> reshape(4x64)
        places: positions
        target: input seen.target
        said: embed(8) -> gru(8)
        look: attention(2, from = @places)
        add(@said) -> each { dense(seen.next.kinds) }
      }
      """;

  private final List<SessionEvent> events = new ArrayList<>();

  private void run(String script) {
    events.clear();
    try (Session session = new Session(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), events::add)) {
      Source source = new Source("x.net", script.replace("MNIST", MNIST.toString().replace('\\', '/')));
      assertThat(session.run(source)).as("%s", Diagnosed.in(events)).isEqualTo(Outcome.OK);
    }
  }

  private <E extends Exhibit> List<E> shown(Class<E> kind) {
    return events.stream().flatMap(e -> e instanceof SessionEvent.Shown(Exhibit exhibit) && kind.isInstance(exhibit) ? Stream.of(kind.cast(exhibit)) : Stream.empty()).toList();
  }

  private static List<String> letters(String text) {
    return text.codePoints().mapToObj(Character::toString).toList();
  }

  @Test
  void rowsAndColumnsAreTheTokensOfTheTexts() {
    run(ADDS + "show(added.test.batch(0, size = 5))\n" + "show(Adds.look, added.test.item(3))");
    List<String> example = shown(Table.class).getFirst().rows().get(3);
    Gallery heads = shown(Gallery.class).getFirst();
    assertThat(heads.pictures()).hasSize(2);
    for (Picture head : heads.pictures()) {
      assertThat(head.axes().across()).isEqualTo(letters(example.get(1)));
      List<String> next = new ArrayList<>(letters(example.get(2).replace("<end>", "")));
      next.add("<end>");
      assertThat(head.axes().down()).as("what is written at each place").isEqualTo(next);
      assertThat(head.width()).as("without padding").isEqualTo(example.get(1).length());
      assertThat(head.height()).isEqualTo(next.size());
      // From nothing to all, in as many steps of red: those of a row are one in all.
      for (int row = 0; row < head.height(); row++) {
        int line = row;
        double all = IntStream.range(0, head.width()).mapToDouble(c -> ((head.at(c, line) >> 16) - 0x14) / (double) (0xff - 0x14)).sum();
        assertThat(all).isBetween(0.98, 1.02);
      }
    }
  }

  /** What looks at itself is named by what it reads. */
  @Test
  void aTextThatLooksAtItselfHasItsTokensTwice() {
    run("""
        data d = text(length = 10)
        net N = input d.text -> embed(8) -> look: attention(2, causal = true) -> each { dense(d.classes) }
        net Turned = input d.text -> embed(10) -> transpose -> look: attention(2) -> transpose -> each { dense(d.classes) }
        show(N.look, d.test.item(0))
        show(Turned.look, d.test.item(0))
        """);
    Picture head = shown(Gallery.class).getFirst().pictures().getFirst();
    assertThat(head.axes().across()).hasSize(10).isEqualTo(head.axes().down());
    assertThat(shown(Gallery.class).getLast().pictures()).as("channels are no places").noneMatch(p -> p.axes().areThere());
  }

  @Test
  void aPictureThatLooksAtItselfHasNoNames() {
    run("""
        data digits = mnist("MNIST") { limit = 20 }
        net N = input digits -> conv(8, 4, stride = 4) -> reshape(8x49) -> look: attention(2) -> flatten -> dense(10)
        show(N.look, digits.test.item(0))
        """);
    assertThat(shown(Gallery.class).getFirst().pictures()).hasSize(2).allMatch(p -> p.width() == 49 && p.height() == 49 && !p.axes().areThere());
  }

  @Test
  void whereATextLooksAtAPictureIsSeenOverIt() {
    run(TELLS + "show(seen.test.item(1))\nshow(Tells.look, seen.test.item(1))");
    String next = shown(Table.class).getFirst().rows().getFirst().get(1);
    List<String> words = new ArrayList<>(letters(next.replace("<end>", "")));
    words.add("<end>");
    List<Picture> pictures = shown(Gallery.class).getLast().pictures();
    assertThat(pictures.stream().map(Picture::caption)).containsExactlyElementsOf(
        Stream.concat(Stream.of(""), words.stream().flatMap(w -> Stream.of(w + " 0", w + " 1"))).toList());
    Picture plain = shown(Gallery.class).getFirst().pictures().getFirst();
    assertThat(pictures.getFirst().pixels()).as("the picture itself, as it was before it was normalised").isEqualTo(plain.pixels());
    assertThat(pictures).allMatch(p -> p.width() == 64 && p.height() == 64);
    for (Picture lit : pictures.subList(1, pictures.size())) {
      // Black that is looked at most has three quarters of all light; of 8x8 cells each is of one colour where the picture is.
      assertThat(Arrays.stream(lit.pixels()).map(p -> p >> 16).max().orElseThrow()).isGreaterThanOrEqualTo(190);
      for (int i = 0; i < 64 * 64; i++) {
        int corner = i / 64 / 8 * 8 * 64 + i % 64 / 8 * 8;
        if (plain.pixels()[i] == 0 && plain.pixels()[corner] == 0) {
          assertThat(lit.pixels()[i]).isEqualTo(lit.pixels()[corner]);
        }
      }
    }
  }

  @Test
  void textsAreMadeOfPictures() {
    run(TELLS + """
        train Tells on seen { epochs = 2; optimizer = adam(0.02); metrics = [exact] }
        translate(Tells, seen.test.batch(2, size = 3))
        translate(Tells, seen.test.item(6), beam = 2)
        expect bleu(Tells, seen, count = 5).least >= 0
        expect test(Tells, seen).exact <= 1
        show(seen.test.batch(2, size = 3))
        """);
    Table told = shown(Table.class).getFirst();
    assertThat(told.header()).containsExactly("item", "right", "says");
    List<List<String>> examples = shown(Table.class).getLast().rows();
    for (int i = 0; i < 3; i++) {
      assertThat(examples.get(i).get(1)).isEqualTo(told.rows().get(i).get(1) + "<end>");
      assertThat(shown(Gallery.class).getFirst().pictures().get(i).caption()).isEqualTo(told.rows().get(i).getFirst() + ": " + told.rows().get(i).get(2));
      assertThat(shown(Gallery.class).getFirst().pictures().get(i).pixels()).isEqualTo(shown(Gallery.class).getLast().pictures().get(i).pixels());
    }
    assertThat(told.rows()).extracting(List::getFirst).containsExactly("6", "7", "8");
    assertThat(told.rows().stream().map(r -> r.get(2))).anyMatch(s -> !s.isEmpty());
  }
}
