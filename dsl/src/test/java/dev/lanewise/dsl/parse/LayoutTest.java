package dev.lanewise.dsl.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.Scripts;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.grammar.NetLexer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayoutTest {
  @ParameterizedTest
  @MethodSource("dev.lanewise.dsl.Scripts#readable")
  void keepsWhatIsWrittenAndChangesNothingTwice(Scripts.Golden script) {
    String text = script.source().text();
    String once = Layout.of(text);
    assertThat(meaning(once)).isEqualTo(meaning(text));
    assertThat(Layout.of(once)).isEqualTo(once);
    assertThat(comments(once)).isEqualTo(comments(text));
  }

  /** The same, of scripts without any layout: what comes out is what comes out of the well laid out one, but for its lines. */
  @ParameterizedTest
  @MethodSource("dev.lanewise.dsl.Scripts#readable")
  void spacesSayNothing(Scripts.Golden script) {
    String text = script.source().text();
    String spaced = text.lines().map(l -> "   " + l.strip().replace("\t", " ") + "  ").reduce("", (a, b) -> a + b + "\n");
    assertThat(Layout.of(spaced)).isEqualTo(Layout.of(text));
  }

  @Test
  void isTheLayoutOfTheGuide() {
    assertThat(Layout.of("""


        net  Cnn(width=8){   # small

        input 1x28x28
            conv1:conv( width,5 )->maxpool(2)

          ->relu


          add{path{relu->dense( -2*( 3+1 ) )}path{}}
          if in.channels!=c and not(c==3){relu}   # a
          concat(@ conv1)  # longer
        repeat 3 as stage{a=2^-stage;b = a}
        }
        train Cnn on digits{
        epochs=10;
        optimizer   =   sgd( 0.01,momentum=0.5 ) # m
        split.val=[1,
        2]
        }
        layer L(n){weight W:[in.features,n]~he_normal
        out=in@W+b }
        def f(x){a ,b=split(x [ 1 : -1 ],2)
        a[0:n]*b [:2]*x[-1 ] }
        sweep x { x.lr in[1,2] }
        x = train N on d{ epochs=3;batch=4 }
        """)).isEqualTo("""
        net Cnn(width = 8) {  # small
          input 1x28x28
          conv1: conv(width, 5) -> maxpool(2)

            -> relu

          add { path { relu -> dense(-2 * (3 + 1)) } path {} }
          if in.channels != c and not (c == 3) { relu }  # a
          concat(@conv1)                                 # longer
          repeat 3 as stage { a = 2 ^ -stage; b = a }
        }
        train Cnn on digits {
          epochs    = 10
          optimizer = sgd(0.01, momentum = 0.5)  # m
          split.val = [1,
            2]
        }
        layer L(n) { weight W : [in.features, n] ~ he_normal
          out = in @ W + b }
        def f(x) { a, b = split(x[1:-1], 2)
          a[0:n] * b[:2] * x[-1] }
        sweep x { x.lr in [1, 2] }
        x = train N on d { epochs = 3; batch = 4 }
        """);
  }

  /** The tokens as the parser gets them, without their places. */
  private static List<String> meaning(String text) {
    return Lines.of(new Source("prompt", text)).stream()
        .flatMap(l -> l.tokens().stream())
        .map(t -> t.getType() == NetLexer.SEPARATOR ? ";" : t.getText())
        .toList();
  }

  private static List<String> comments(String text) {
    return text.lines().filter(l -> l.contains("#")).map(l -> l.substring(l.indexOf('#')).strip()).toList();
  }
}
