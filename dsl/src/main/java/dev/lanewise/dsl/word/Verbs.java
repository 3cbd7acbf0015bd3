package dev.lanewise.dsl.word;

import dev.lanewise.dsl.verb.Verb;
import dev.lanewise.dsl.verb.find.FindsVerb;
import dev.lanewise.dsl.verb.find.SearchDataVerb;
import dev.lanewise.dsl.verb.find.SearchVerb;
import dev.lanewise.dsl.verb.keep.LoadFromFileVerb;
import dev.lanewise.dsl.verb.keep.LoadFromNetVerb;
import dev.lanewise.dsl.verb.keep.LoadFromPartVerb;
import dev.lanewise.dsl.verb.keep.LoadVerb;
import dev.lanewise.dsl.verb.keep.ReportVerb;
import dev.lanewise.dsl.verb.keep.ExportVerb;
import dev.lanewise.dsl.verb.keep.SaveVerb;
import dev.lanewise.dsl.verb.look.DreamVerb;
import dev.lanewise.dsl.verb.look.FeaturesVerb;
import dev.lanewise.dsl.verb.look.GradCamVerb;
import dev.lanewise.dsl.verb.look.IntegratedGradientsVerb;
import dev.lanewise.dsl.verb.look.OcclusionVerb;
import dev.lanewise.dsl.verb.look.SaliencyVerb;
import dev.lanewise.dsl.verb.make.SampleVerb;
import dev.lanewise.dsl.verb.make.SharesVerb;
import dev.lanewise.dsl.verb.make.WalkVerb;
import dev.lanewise.dsl.verb.show.PlotFunctionsVerb;
import dev.lanewise.dsl.verb.show.PlotLayerVerb;
import dev.lanewise.dsl.verb.show.PlotPlaneVerb;
import dev.lanewise.dsl.verb.show.PlotRunsVerb;
import dev.lanewise.dsl.verb.show.ShowWithinVerb;
import dev.lanewise.dsl.verb.show.ShowDataVerb;
import dev.lanewise.dsl.verb.show.ShowDrawingVerb;
import dev.lanewise.dsl.verb.show.ShowExamplesVerb;
import dev.lanewise.dsl.verb.show.ShowExhibitVerb;
import dev.lanewise.dsl.verb.show.ShowFunctionVerb;
import dev.lanewise.dsl.verb.show.ShowKernelVerb;
import dev.lanewise.dsl.verb.show.ShowLayerVerb;
import dev.lanewise.dsl.verb.show.ShowNetVerb;
import dev.lanewise.dsl.verb.show.ShowParameterVerb;
import dev.lanewise.dsl.verb.show.ShowPlanVerb;
import dev.lanewise.dsl.verb.show.ShowRunVerb;
import dev.lanewise.dsl.verb.show.ShowWrittenVerb;
import dev.lanewise.dsl.verb.look.AttackVerb;
import dev.lanewise.dsl.verb.test.CalibrationVerb;
import dev.lanewise.dsl.verb.test.ClassifyVerb;
import dev.lanewise.dsl.verb.test.ConfusionVerb;
import dev.lanewise.dsl.verb.test.DoctorVerb;
import dev.lanewise.dsl.verb.test.GradcheckFunctionVerb;
import dev.lanewise.dsl.verb.test.GradcheckLayerVerb;
import dev.lanewise.dsl.verb.test.GradcheckLossVerb;
import dev.lanewise.dsl.verb.test.GradcheckNetVerb;
import dev.lanewise.dsl.verb.test.MistakesVerb;
import dev.lanewise.dsl.verb.test.PredictDataVerb;
import dev.lanewise.dsl.verb.test.PredictFileVerb;
import dev.lanewise.dsl.verb.test.PredictNumbersVerb;
import dev.lanewise.dsl.verb.test.PredictVerb;
import dev.lanewise.dsl.verb.test.ProfileVerb;
import dev.lanewise.dsl.verb.test.RecommendVerb;
import dev.lanewise.dsl.verb.test.RocVerb;
import dev.lanewise.dsl.verb.test.TestVerb;
import dev.lanewise.dsl.verb.text.BleuVerb;
import dev.lanewise.dsl.verb.text.ClassifyTextVerb;
import dev.lanewise.dsl.verb.text.GenerateLikeVerb;
import dev.lanewise.dsl.verb.text.GenerateVerb;
import dev.lanewise.dsl.verb.text.TranslateExamplesVerb;
import dev.lanewise.dsl.verb.text.TranslateVerb;
import dev.lanewise.dsl.verb.trace.BackwardLayerVerb;
import dev.lanewise.dsl.verb.trace.BackwardParameterVerb;
import dev.lanewise.dsl.verb.trace.BackwardVerb;
import dev.lanewise.dsl.verb.trace.StepVerb;
import dev.lanewise.dsl.verb.trace.TraceLayerVerb;
import dev.lanewise.dsl.verb.trace.TraceVerb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** All verbs. */
public final class Verbs {
  /** What examples of verbs are about. */
  public static final String EXAMPLES = """
      net Mlp = input 1x28x28 -> flatten -> dense(16) -> relu -> dense(10)
      net Cnn = input 1x28x28 -> conv(4, 5) -> maxpool(4) -> relu -> flatten -> dense(10)
      net Xor = input 2 -> dense(3) -> tanh -> dense(2)
      net Planes = input 2 -> dense(3) -> tanh -> dense(2)
      data digits = mnist() { limit = 100 }
      data corners = xor()
      data points = moons(count = 100)
      base = train Planes on points { epochs = 2 }
      data flowers = csv("flowers.csv", label = "kind")
      net Flowers = input 2 -> dense(2)
      train Flowers on flowers
      train Cnn on digits
      data rated = ratings(users = 6, items = 5, count = 15)
      net Taste {
        user: input rated.user
        item: input rated.item
        @user -> taste: embed(2)
        @item -> embed(2) -> dot(@taste)
      }
      train Taste on rated
      data signs = emoji("signs", length = 12)
      net Clip {
        image: input 3x32x32
        maxpool(8) -> flatten
        head picture { dense(4) }
        text: input signs.text
        embed(4) -> maxpool(global) -> flatten -> dense(4)
      }
      train Clip on signs { loss = contrastive(picture, output) }
      net Looks = input 1x28x28 -> reshape(28x28) -> attention(2) -> flatten -> dense(10)
      net Maker = input 4 -> dense(784) -> sigmoid -> reshape(1x28x28)
      data names = lines() { limit = 100 }
      net Names = input names -> embed(8) -> conv(32, 1) -> relu -> conv(29, 1)
      train Names on names
      data guests = texts() { limit = 100 }
      net Mood = input guests -> embed(4) -> maxpool(global) -> flatten -> dense(2)
      train Mood on guests
      data additions = sums(digits = 1, count = 40)
      net Adds {
        source: input additions.source
        embed(8) -> maxpool(global) -> flatten -> dense(32) -> reshape(16x2)
        memory: flatten
        target: input additions.target
        embed(8) -> flatten -> dense(32)
        add(@memory) -> relu -> dense(39) -> reshape(13x3)
      }
      train Adds on additions
      """;

  private static final List<Verb> ALL = List.of(
      new TestVerb(), new ConfusionVerb(), new CalibrationVerb(), new RocVerb(), new MistakesVerb(), new DoctorVerb(), new AttackVerb(), new PredictVerb(), new PredictNumbersVerb(), new PredictDataVerb(), new PredictFileVerb(), new ClassifyVerb(), new ClassifyTextVerb(), new RecommendVerb(), new ProfileVerb(),
      new GradcheckNetVerb(), new GradcheckLayerVerb(), new GradcheckFunctionVerb(), new GradcheckLossVerb(),
      new FindsVerb(), new SearchVerb(), new SearchDataVerb(),
      new ShowNetVerb(), new ShowDataVerb(), new ShowRunVerb(), new ShowExamplesVerb(), new ShowLayerVerb(), new ShowParameterVerb(),
      new ShowWithinVerb(), new ShowFunctionVerb(), new ShowWrittenVerb(), new ShowPlanVerb(), new ShowKernelVerb(), new ShowDrawingVerb(), new ShowExhibitVerb(),
      new PlotRunsVerb(), new PlotFunctionsVerb(), new PlotPlaneVerb(), new PlotLayerVerb(),
      new TraceVerb(), new TraceLayerVerb(), new BackwardVerb(), new BackwardLayerVerb(), new BackwardParameterVerb(), new StepVerb(),
      new SaliencyVerb(), new IntegratedGradientsVerb(), new GradCamVerb(), new OcclusionVerb(), new FeaturesVerb(), new DreamVerb(),
      new SampleVerb(), new WalkVerb(), new SharesVerb(),
      new GenerateVerb(), new GenerateLikeVerb(), new TranslateVerb(), new TranslateExamplesVerb(), new BleuVerb(),
      new SaveVerb(), new ExportVerb(), new LoadVerb(), new LoadFromNetVerb(), new LoadFromPartVerb(), new LoadFromFileVerb(), new ReportVerb());

  private static final Map<String, List<Verb>> BY_NAME =
      ALL.stream().collect(Collectors.groupingBy(v -> v.signature().name(), LinkedHashMap::new, Collectors.toList()));

  private Verbs() {}

  public static List<Verb> all() {
    return ALL;
  }

  /** The words themselves. */
  public static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** What a word can do; nothing if it is no verb. */
  public static List<Verb> named(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }
}
