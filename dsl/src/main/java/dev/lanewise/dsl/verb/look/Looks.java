package dev.lanewise.dsl.verb.look;

import dev.lanewise.dsl.diagnostic.Span;
import dev.lanewise.dsl.meaning.CheckedNet;
import dev.lanewise.dsl.meaning.Examples;
import dev.lanewise.dsl.verb.Offered;
import dev.lanewise.dsl.view.walk.Looked;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ways of looking at an example that a report has room for: what a call of each verb would do, with the class that the network says. */
public final class Looks {
  /** On the way from black: near enough for a picture, where completeness would take thousands in some networks. */
  private static final int STEPS = 64;

  private Looks() {}

  /** The last layer with maps of convolutions, at which a Grad-CAM is most of use; empty if there is none. */
  public static Optional<String> lastMaps(CheckedNet net) {
    return WithMaps.lastOfConvolution(net).map(CheckedNet.Layer::name);
  }

  /** @param at what is named if the network's score does not change @return empty where no map can lie over what the network takes */
  public static List<Offered> of(CheckedNet net, Examples example, Span at) {
    if (!Question.isOfPlaces(net)) {
      return List.of();
    }
    Question question = new Question(net, example, "", false, at, at);
    List<Offered> looks = new ArrayList<>();
    looks.add(Offered.of(new SaliencyVerb(), net.name() + ", " + example.call(), SaliencyVerb.of(question)));
    looks.add(Offered.of(new IntegratedGradientsVerb(), net.name() + ", " + example.call() + ", steps = " + STEPS, IntegratedGradientsVerb.of(question, STEPS)));
    WithMaps.lastOfConvolution(net).filter(_ -> Looked.isQuick(net))
        .ifPresent(l -> looks.add(Offered.of(new GradCamVerb(), net.name() + "." + l.name() + ", " + example.call(), GradCamVerb.of(question, l.name(), at))));
    return looks;
  }
}
