package dev.lanewise.dsl.parse;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.grammar.NetParser.*;
import dev.lanewise.dsl.syntax.Argument;
import dev.lanewise.dsl.syntax.Expression;
import dev.lanewise.dsl.syntax.Name;
import dev.lanewise.dsl.syntax.Operator;
import dev.lanewise.dsl.syntax.Parameter;
import dev.lanewise.dsl.syntax.Setting;
import dev.lanewise.dsl.syntax.Statement;
import dev.lanewise.dsl.syntax.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;

/** From the parser's tree to the language's own. Lines with an error become Broken. */
final class TreeBuilder {
  private TreeBuilder() {}

  static Statement statement(StatementContext tree) {
    Span span = span(tree);
    return switch ((ParserRuleContext) tree.getChild(0)) {
      case NetworkContext c -> new Statement.Net(
          span, name(c.name()), parameters(c.parameters()),
          c.body() != null ? steps(c.body()) : c.pipeline().step().stream().map(TreeBuilder::step).toList());
      case BlockContext c -> new Statement.Block(span, name(c.name()), parameters(c.parameters()), steps(c.body()));
      case FunctionContext c -> new Statement.Function(span, name(c.name()), parameters(c.parameters()), lines(c));
      case LayerDefinitionContext c -> new Statement.LayerDefinition(
          span, name(c.name()), parameters(c.parameters()), c.layerLine().stream().map(TreeBuilder::layerLine).toList());
      case ImportedContext c -> new Statement.Import(
          span, unquoted(c.STRING().getText()), Optional.ofNullable(c.name()).map(TreeBuilder::name));
      case DataContext c -> new Statement.Data(span, name(c.name()), expression(c.expression()), settings(c.settings()));
      case TrainContext c -> train(span, Optional.empty(), c);
      case SweepContext c -> new Statement.Sweep(
          span, expression(c.expression()), c.sweepLine().stream().filter(l -> l.exception == null).map(TreeBuilder::among).toList());
      case ExpectContext c -> new Statement.Expect(span, expression(c.expression()));
      case BindingContext c -> binding(c);
      case ExpressionContext c -> new Statement.Evaluate(span, expression(c));
      default -> throw new IllegalStateException("no statement: " + tree.getText());
    };
  }

  private static Statement binding(BindingContext c) {
    return c.train() != null
        ? train(span(c), Optional.of(name(c.name())), c.train())
        : new Statement.Binding(span(c), name(c.name()), expression(c.expression()));
  }

  private static Statement train(Span span, Optional<Name> name, TrainContext c) {
    Optional<Expression> against = c.AGAINST() == null ? Optional.empty() : Optional.of(expression(c.expression(1)));
    return new Statement.Train(
        span, name, expression(c.expression(0)), against, expression(c.expression().getLast()), settings(c.settings()));
  }

  private static List<Statement> lines(FunctionContext c) {
    return c.expression() != null
        ? List.of(evaluate(c.expression()))
        : c.functionLine().stream().map(TreeBuilder::functionLine).toList();
  }

  private static Statement functionLine(FunctionLineContext c) {
    if (c.exception != null) {
      return new Statement.Broken(span(c), Optional.empty());
    }
    return bodyLine(c.unpacking(), c.binding(), c.expression());
  }

  private static Statement bodyLine(UnpackingContext u, BindingContext b, ExpressionContext e) {
    return u != null
        ? new Statement.Unpacking(span(u), u.name().stream().map(TreeBuilder::name).toList(), expression(u.expression()))
        : b != null ? binding(b) : evaluate(e);
  }

  private static Statement layerLine(LayerLineContext c) {
    if (c.exception != null) {
      return new Statement.Broken(span(c), Optional.empty());
    }
    if (c.weight() != null) {
      WeightContext w = c.weight();
      return new Statement.Weight(span(w), name(w.name()), expression(w.expression(0)), expression(w.expression(1)));
    }
    if (c.state() != null) {
      return new Statement.State(span(c.state()), name(c.state().name()), expression(c.state().expression()));
    }
    return bodyLine(c.unpacking(), c.binding(), c.expression());
  }

  private static Statement evaluate(ExpressionContext c) {
    return new Statement.Evaluate(span(c), expression(c));
  }

  private static List<Parameter> parameters(ParametersContext c) {
    return c == null
        ? List.of()
        : c.parameter().stream()
            .map(p -> new Parameter(p.name() == null ? new Name(Lines.span(p.INPUT().getSymbol()), p.INPUT().getText()) : name(p.name()), Optional.ofNullable(p.expression()).map(TreeBuilder::expression)))
            .toList();
  }

  private static List<Setting> settings(SettingsContext c) {
    return c == null
        ? List.of()
        : c.settingLine().stream()
            .filter(l -> l.exception == null)
            .map(l -> setting(l.setting()))
            .toList();
  }

  private static Setting setting(SettingContext c) {
    Expression value = c.settings() == null ? expression(c.expression()) : new Expression.Block(span(c.settings()), settings(c.settings()));
    return new Setting(span(c), key(c.key()), false, value);
  }

  private static Setting among(SweepLineContext c) {
    return new Setting(
        span(c.key()).to(span(c.expression())), key(c.key()), c.IN() != null, expression(c.expression()));
  }

  private static Name key(KeyContext c) {
    return new Name(span(c), c.getText());
  }

  private static List<Step> steps(BodyContext c) {
    return c.stepLine().stream().map(l -> l.exception == null ? step(l.step()) : new Step.Broken(span(l))).toList();
  }

  private static Step step(StepContext c) {
    Step step = stepKind(c.stepKind());
    return c.name() == null ? step : new Step.Labelled(span(c), name(c.name()), step);
  }

  private static Step stepKind(StepKindContext tree) {
    Span span = span(tree);
    return switch (tree) {
      case InputStepContext c -> new Step.Input(span, expression(c.expression(0)), Optional.ofNullable(c.expression(1)).map(TreeBuilder::expression), c.PADDED() != null);
      case ExpectStepContext c -> new Step.Expect(span, expression(c.expression()));
      case IfStepContext c -> choice(c, 0);
      case RepeatStepContext c -> new Step.Repeat(
          span, expression(c.expression()), Optional.ofNullable(c.name()).map(TreeBuilder::name), steps(c.body()));
      case PathStepContext c -> new Step.Path(span, steps(c.body()));
      case HeadStepContext c -> new Step.Head(span, name(c.name()), steps(c.body()));
      case ReadStepContext c -> new Step.Read(span, name(c.name()));
      case BindStepContext c -> new Step.Bind(span, name(c.name()), expression(c.expression()));
      case ApplyStepContext c -> new Step.Apply(
          span, callee(c),
          c.arguments() == null ? List.of() : arguments(c.arguments()),
          Optional.ofNullable(c.body()).map(TreeBuilder::steps));
      default -> throw new IllegalStateException("no step: " + tree.getText());
    };
  }

  /** Each condition with its body, and what follows if it is false. */
  private static Step choice(IfStepContext c, int index) {
    List<BodyContext> bodies = c.body();
    int conditions = c.expression().size();
    List<Step> otherwise =
        index + 1 < conditions
            ? List.of(choice(c, index + 1))
            : bodies.size() > conditions ? steps(bodies.getLast()) : List.of();
    Span span = span(c.expression(index)).to(span(c));
    return new Step.If(index == 0 ? span(c) : span, expression(c.expression(index)), steps(bodies.get(index)), otherwise);
  }

  private static Expression callee(ApplyStepContext c) {
    Expression callee = new Expression.Word(span(c.name()), c.name().getText());
    for (AnyNameContext member : c.anyName()) {
      callee = new Expression.Member(callee.span().to(span(member)), callee, name(member));
    }
    return callee;
  }

  static Expression expression(ExpressionContext tree) {
    Span span = span(tree);
    return switch (tree) {
      case NumberContext c -> new Expression.Number(span, Double.parseDouble(c.getText().replace("_", "")));
      case ShapeContext c -> new Expression.ShapeLiteral(
          span, Arrays.stream(c.getText().split("x")).map(TreeBuilder::dimension).toList());
      case TextContext c -> new Expression.Text(span, unquoted(c.getText()));
      case FlagContext c -> new Expression.Flag(span, c.TRUE() != null);
      case ReferenceContext c -> new Expression.Word(span, c.getText());
      case LabelledContext c -> new Expression.Labelled(span, name(c.name()));
      case GroupedContext c -> expression(c.expression());
      case ListContext c -> new Expression.Items(span, c.expression().stream().map(TreeBuilder::expression).toList());
      case MemberContext c -> new Expression.Member(span, expression(c.expression()), name(c.anyName()));
      case CallContext c -> new Expression.Call(span, expression(c.expression()), arguments(c.arguments()));
      case CutContext c -> new Expression.Cut(
          span, expression(c.expression()), Optional.ofNullable(c.places().from).map(TreeBuilder::expression),
          Optional.ofNullable(c.places().to).map(TreeBuilder::expression), c.places().COLON() != null);
      case UnaryContext c -> new Expression.Unary(
          span, c.NOT() != null ? Operator.NOT : Operator.NEGATE, expression(c.expression()));
      case BinaryContext c -> new Expression.Binary(
          span, operator((Token) c.getChild(1).getPayload()), expression(c.expression(0)), expression(c.expression(1)));
      default -> throw new IllegalStateException("no expression: " + tree.getText());
    };
  }

  private static Operator operator(Token token) {
    return Arrays.stream(Operator.values())
        .filter(o -> o.text().equals(token.getText()) && o != Operator.NEGATE)
        .findFirst()
        .orElseThrow();
  }

  private static List<Argument> arguments(ArgumentsContext c) {
    List<Argument> result = new ArrayList<>();
    for (ArgumentContext a : c.argument()) {
      result.add(
          new Argument(span(a), Optional.ofNullable(a.anyName()).map(TreeBuilder::name), expression(a.expression())));
    }
    return result;
  }

  /** A dimension beyond every int becomes the largest int, which no network can have either. */
  private static Integer dimension(String digits) {
    return digits.length() > 9 ? (Integer) Integer.MAX_VALUE : Integer.valueOf(digits);
  }

  private static String unquoted(String literal) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      if (c == '\\') {
        c = literal.charAt(++i);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
      }
      text.append(c);
    }
    return text.toString();
  }

  private static Name name(ParserRuleContext c) {
    return new Name(span(c), c.getText());
  }

  private static Span span(ParserRuleContext c) {
    Token stop = c.getStop();
    if (stop == null || stop.getStopIndex() < c.getStart().getStartIndex()) {
      stop = c.getStart();
    }
    return Lines.span(c.getStart()).to(Lines.span(stop));
  }
}
