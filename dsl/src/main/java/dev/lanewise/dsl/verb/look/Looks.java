package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Deed;
import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.view.walk.Looked;
import dev.lanewise.runtime.signature.Signature;
import java.util.ArrayList;
import java.util.List;

/** The ways of looking at an example that a report has room for: what a call of each verb would do, with the class that the network says. */
public final class Looks {
  /** On the way from black: near enough for a picture, where completeness would take thousands in some networks. */
  private static final int STEPS = 64;

  private Looks() {}

  /** One way. @param call that shows the same at the prompt */
  public record Look(String call, Signature verb, Deed deed) {}

  /** @param at what is named if the network's score does not change @return empty where no map can lie over what the network takes */
  public static List<Look> of(CheckedNet net, Examples example, Span at) {
    if (!Question.isOfPlaces(net)) {
      return List.of();
    }
    Question question = new Question(net, example, "", false, at, at);
    List<Look> looks = new ArrayList<>();
    looks.add(look(new SaliencyVerb(), net.name() + ", " + example.call(), SaliencyVerb.of(question)));
    looks.add(look(new IntegratedGradientsVerb(), net.name() + ", " + example.call() + ", steps = " + STEPS, IntegratedGradientsVerb.of(question, STEPS)));
    WithMaps.lastOfConvolution(net).filter(_ -> Looked.isQuick(net))
        .ifPresent(l -> looks.add(look(new GradCamVerb(), net.name() + "." + l.name() + ", " + example.call(), GradCamVerb.of(question, l.name(), at))));
    return looks;
  }

  private static Look look(Verb verb, String arguments, Deed deed) {
    return new Look(verb.signature().name() + "(" + arguments + ")", verb.signature(), deed);
  }
}
