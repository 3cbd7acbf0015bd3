package dev.lanewise.dsl.typing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lanewise.dsl.check.Checker;
import dev.lanewise.dsl.diagnostic.Source;
import dev.lanewise.dsl.parse.ScriptParser;
import dev.lanewise.dsl.scope.Scope;
import dev.lanewise.dsl.typing.Completions.Completion;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionsTest {
  private static List<String> at(String before) {
    Source source = new Source("prompt", "block Res(c) { conv(c, 3) }\nnet Mine = input 4 -> dense(2)\ndata d = xor()");
    Scope scope = Checker.check(source, ScriptParser.parse(source).script(), new Scope()).scope();
    return Completions.at(scope, before).stream().map(Completion::text).toList();
  }

  @Test
  void offersWhatFitsThere() {
    assertThat(at("net N = input 1x28x28 -> co")).containsExactly("concat", "conv");
    assertThat(at("net N {\n  input 4\n  R")).containsExactly("Res");
    assertThat(at("net N = input 1x28x28 -> conv(8, 3, pa")).containsExactly("pad = ");
    assertThat(at("net N {\n  input 4\n  early: dense(3)\n  add(@e")).containsExactly("early");
    assertThat(at("train Mine on d {\n  opt")).containsExactly("optimizer");
    assertThat(at("train Mine on d {\n  optimizer = ada")).containsExactly("adadelta", "adagrad", "adam", "adamw");
    assertThat(at("train Mine on d { loss = hu")).containsExactly("huber");
    assertThat(at("data x = mni")).containsExactly("mnist");
    assertThat(at("data x = mnist() { aug")).containsExactly("augment");
    assertThat(at("data x = mnist() { augment = [ro")).containsExactly("rotate");
    assertThat(at("data x = mnist() { allow = [im")).containsExactly("imbalance");
    assertThat(at("sweep run { re")).containsExactly("resume");
    assertThat(at("tes")).containsExactly("test");
    assertThat(at("test(M")).containsExactly("Mine");
  }

  /** Arguments of what is written in the language: those of its definition, and those that come with a memory. */
  @Test
  void offersArgumentsOfWrittenLayers() {
    assertThat(at("net N = input 3x5 -> ls")).contains("lstm");
    assertThat(at("net N = input 3x5 -> lstm(4, b")).containsExactly("both = ");
    assertThat(at("net N = input 3x5 -> transformer(2, c")).containsExactly("causal = ");
    assertThat(Completions.at(new Scope(), "net N = input 3x5 -> gru(4, ").stream().filter(c -> !c.help().isEmpty()).map(Completion::text))
        .contains("layers = ", "reverse = ", "both = ");
    assertThat(Completions.tip(new Scope(), "net N = input 3x5 -> lstm(")).contains("lstm(n, layers = 1, reverse = false, both = false)");
  }

  @Test
  void anyTextHasAnAnswer() {
    for (String text : List.of("", "((((", "}}}", "@", "net N { \"", "a = #", "train { = = =", "网")) {
      assertThat(at(text)).isNotNull();
    }
  }
}
