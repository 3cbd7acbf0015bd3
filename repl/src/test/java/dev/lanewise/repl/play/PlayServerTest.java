package dev.lanewise.repl.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lanewise.dsl.language.Language;
import dev.lanewise.dsl.run.Options;
import dev.lanewise.runtime.plan.KernelSet;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server lets in, and what it tells a page. */
class PlayServerTest {
  private static final String DIGITS = """
      net N {
        input 1x28x28
        conv1: conv(3, 5) -> maxpool(2) -> relu
        flatten -> fc: dense(10)
      }
      data d = mnist("%s") { limit = 2_000 }
      train N on d { epochs = %d; batch = 20; optimizer = sgd(0.05) }
      expect test(N, d).accuracy >= 0.05
      """;
  private static final String PAGE = "0123456789abcdef";

  @TempDir private Path folder;
  private PlayServer server;
  private PageClient page;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("own.net"), "# My own.\nnet Own = input 2 -> dense(2)\n");
    Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("inner/deep.net"), "net Deep = input 2 -> dense(2)\n");
    Pages pages = new Pages(new Options(2, OptionalLong.empty(), KernelSet.VECTOR), new Shelf(folder.toRealPath(), Optional.of(Path.of("../samples").toRealPath())), "");
    server = PlayServer.start(pages, "127.0.0.1", 0);
    page = new PageClient(server.address(), PAGE);
  }

  @AfterEach
  void stop() throws IOException {
    page.close();
    server.close();
  }

  private static String digits(int epochs) throws IOException {
    return DIGITS.formatted(Path.of("../samples/mnist").toRealPath(), epochs);
  }

  /** The page has the digits' script, and waits. */
  private void open(int epochs) throws Exception {
    page.listen(0, "en");
    page.ask("{\"do\":\"open\",\"name\":\"play.net\",\"text\":" + json(digits(epochs)) + "}");
    page.phase("ready");
  }

  private static String json(String text) {
    return new dev.lanewise.runtime.file.JsonWriter().value(text).toString();
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String asked(String path, String... headers) throws IOException {
    return raw("GET " + path + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
  }

  @Test
  void onlyWhoKnowsTheTokenIsLetIn() throws Exception {
    String host = "Host: 127.0.0.1:" + server.port(), path = URI.create(server.address()).getPath();
    assertThat(asked(path, host)).startsWith("HTTP/1.1 200").contains("Content-security-policy: default-src 'none'; script-src 'self'");
    assertThat(asked("/", host)).startsWith("HTTP/1.1 404");
    assertThat(asked("/wrong/", host)).startsWith("HTTP/1.1 404");
    assertThat(asked("/wrong/do", host)).startsWith("HTTP/1.1 404");
    String token = path.replace("/", "");
    assertThat(asked("/", host, "Cookie: a=b; lanewise-play=" + token)).startsWith("HTTP/1.1 302").contains("Location: " + path);
    assertThat(asked("/", host, "Cookie: lanewise-play=other")).startsWith("HTTP/1.1 404");
  }

  /** A name that another site has bound to this machine, and a page of another site. */
  @Test
  void otherSitesAreKeptOut() throws Exception {
    String path = URI.create(server.address()).getPath(), host = "Host: 127.0.0.1:" + server.port();
    assertThat(asked(path, "Host: evil.example:" + server.port())).startsWith("HTTP/1.1 403");
    assertThat(asked(path)).startsWith("HTTP/1.1 4");
    assertThat(asked(path, "Host: localhost:" + server.port())).startsWith("HTTP/1.1 200");
    assertThat(asked(path, host, "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
    assertThat(asked(path, host, "Origin: null")).startsWith("HTTP/1.1 403");
    assertThat(asked(path, host, "Origin: http://127.0.0.1:" + server.port())).startsWith("HTTP/1.1 200");
    String body = "{\"do\":\"files\"}";
    assertThat(raw("POST " + path + "do?page=" + PAGE + " HTTP/1.1\r\n" + host + "\r\nOrigin: http://evil.example\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body))
        .startsWith("HTTP/1.1 403");
  }

  /** At all addresses of the machine it may be called by a number, but by no name. */
  @Test
  void aServerForOthersGoesByNumbers() throws Exception {
    server.close();
    server = PlayServer.start(new Pages(new Options(1, OptionalLong.empty(), KernelSet.VECTOR), new Shelf(folder.toRealPath(), Optional.empty()), ""), "0.0.0.0", 0);
    String path = URI.create(server.address()).getPath();
    assertThat(asked(path, "Host: 192.168.7.3:" + server.port())).startsWith("HTTP/1.1 200");
    assertThat(asked(path, "Host: 127.0.0.1:" + server.port(), "Origin: http://10.0.0.2:80")).startsWith("HTTP/1.1 403");
    assertThat(asked(path, "Host: evil.example:" + server.port())).startsWith("HTTP/1.1 403");
    assertThat(asked(path, "Host: 127.0.0.1:" + server.port(), "Origin: http://evil.example")).startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../Play.class", "..%2fPlay.class", "Play.class", "package-info.java", "%2e%2e/text/phrases.zh", "words", ".", "take/other", "take/../script"})
  void onlyThePagesOwnFilesAreServed(String path) throws Exception {
    assertThat(page.get(path + "?page=" + PAGE).statusCode()).isBetween(400, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "", "[]", "{", "null", "{}", "{\"do\":1}", "{\"do\":\"nothing\"}", "{\"do\":\"open\"}", "{\"do\":\"open\",\"name\":\"../x.net\"}", "{\"do\":\"open\",\"name\":\"/etc/passwd\"}",
    "{\"do\":\"open\",\"name\":\"nowhere.net\"}", "{\"do\":\"open\",\"name\":\"a\\u0000.net\"}", "{\"do\":\"rate\",\"value\":-1}", "{\"do\":\"rate\",\"value\":\"x\"}", "{\"do\":\"batch\",\"value\":0}", "{\"do\":\"batch\",\"value\":8}",
    "{\"do\":\"value\",\"layer\":\"conv1\",\"at\":[0,0,0]}", "{\"do\":\"train\"}", "{\"do\":\"pause\"}", "{\"do\":\"show\"}", "{\"do\":\"layers\"}", "{\"do\":\"look\",\"method\":\"x\"}", "{\"do\":\"attack\",\"eps\":0.1}", "{\"do\":\"plane\"}"
  })
  void whatCannotBeMetIsRefusedInASentence(String wish) throws Exception {
    var answer = page.post(wish);
    assertThat(answer.statusCode()).isBetween(400, 499);
    assertThat(answer.body()).startsWith("{\"error\":\"").doesNotContain("Exception");
    try (PageClient chinese = new PageClient(server.address(), "00000000000000aa")) {
      chinese.listen(0, "zh");
      chinese.phase("empty");
      assertThat(chinese.post(wish).body()).containsPattern("error\":\"[^\"]*\\p{IsHan}");
    }
  }

  @Test
  void aFaultyPageNameOrALargeBodyIsRefused() throws Exception {
    try (PageClient other = new PageClient(server.address(), "../../x")) {
      assertThat(other.post("{\"do\":\"files\"}").statusCode()).isEqualTo(400);
    }
    assertThat(page.post("{\"do\":\"check\",\"text\":\"" + "x".repeat(9 << 20) + "\"}").statusCode()).isEqualTo(413);
    assertThat(page.post("{\"do\":\"check\",\"text\":\"" + "x ".repeat(600_000) + "\"}").statusCode()).isEqualTo(400);
  }

  @Test
  void scriptsBelowTheFolderCanBeOpened() throws Exception {
    Map<?, ?> files = page.ask("{\"do\":\"files\"}");
    assertThat((List<?>) files.get("own")).asList().contains("own.net", "inner/deep.net");
    assertThat(files.get("samples").toString()).contains("mnist-cnn.net");
    assertThat(page.ask("{\"do\":\"open\",\"name\":\"own.net\"}").get("text")).asString().contains("net Own");
    assertThat(page.ask("{\"do\":\"open\",\"name\":\"xor.net\"}").get("text")).asString().contains("net ");
  }

  /** A page that somebody else can see must not reach the files of whoever started it. */
  @ParameterizedTest
  @ValueSource(strings = {
    "data d = csv(\"/etc/passwd\", target = a)", "data d = csv(\"../secret.csv\", target = a)", "import \"../other.net\"", "import \"/etc/other.net\"",
    "net N = input 2 -> dense(2)\nsave(N, \"../out.safetensors\")", "net N = input 2 -> dense(2)\nsave(N, \"/tmp/out.safetensors\")", "net N = input 2 -> dense(2)\nload(N, \"../in.safetensors\")",
    "net N = input 2 -> dense(2)\nexport(N, \"../out.onnx\")", "net N = input 2 -> dense(2)\nshow(N, to = \"../out.png\")", "data d = csv(\"link/x.csv\", target = a)"
  })
  void scriptsOfThePageStayInTheirFolder(String script, @TempDir Path outside) throws Exception {
    Files.writeString(outside.resolve("x.csv"), "a,b\n1,2\n");
    Files.createSymbolicLink(folder.resolve("link"), outside);
    Map<?, ?> found = page.ask("{\"do\":\"check\",\"text\":" + json(script) + "}");
    assertThat(found.get("diagnostics").toString()).contains("this script may use files below");
  }

  @Test
  void anEditorHasMistakesShapesAndColours() throws Exception {
    Map<?, ?> found = page.ask("{\"do\":\"check\",\"text\":\"net A {\\n  input 4\\n  dens(3) -> relu\\n}\"}");
    Map<?, ?> mistake = (Map<?, ?>) ((List<?>) found.get("diagnostics")).getFirst();
    assertThat(mistake.get("code")).isEqualTo("L006");
    assertThat(mistake.get("line")).isEqualTo(3.0);
    assertThat(((List<?>) mistake.get("edits")).getFirst().toString()).contains("dense");
    found = page.ask("{\"do\":\"check\",\"text\":\"net A {\\n  input 4\\n  dense(3) -> relu\\n}\"}");
    assertThat((List<?>) found.get("diagnostics")).isEmpty();
    assertThat(found.get("shapes").toString()).contains("line=2.0, text=4").contains("line=3.0, text=3");
    assertThat(found.get("highlights").toString()).contains("keyword").contains("call");
    assertThat(page.ask("{\"do\":\"complete\",\"before\":\"net A = input 4 -> den\"}").get("items").toString()).contains("dense");
    assertThat(page.ask("{\"do\":\"format\",\"text\":\"net A=input 4->dense(3)\"}").get("text")).asString().contains("net A = input 4 -> dense(3)");
  }

  @Test
  void aNetworkIsSeenBeforeItLearns() throws Exception {
    page.listen(0, "en");
    page.phase("empty");
    page.ask("{\"do\":\"open\",\"name\":\"play.net\",\"text\":" + json(digits(1)) + "}");
    Map<?, ?> net = page.await("net", n -> "N".equals(n.get("name"))).data();
    assertThat(net.get("classes").toString()).isEqualTo("[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]");
    assertThat(net.get("columns").toString()).contains("label=conv1").contains("layer=softmax");
    page.phase("ready");
    Map<?, ?> seen = page.ask("{\"do\":\"show\",\"example\":{\"index\":2},\"chips\":{\"conv1\":\"relu1\",\"fc\":\"softmax\"},\"direction\":\"forward\"}");
    assertThat(((List<?>) seen.get("layers"))).hasSize(2);
    Map<?, ?> relu = (Map<?, ?>) ((List<?>) seen.get("layers")).getFirst();
    assertThat(Halves.values((String) relu.get("f16"), 3 * 12 * 12)).hasSize(432);
    List<?> probabilities = (List<?>) ((Map<?, ?>) seen.get("answer")).get("probabilities");
    assertThat(probabilities.stream().mapToDouble(p -> (Double) p).sum()).isCloseTo(1, within(1e-6));
    Map<?, ?> back = page.ask("{\"do\":\"show\",\"chips\":{\"conv1\":\"conv1\"},\"direction\":\"backward\"}");
    assertThat(back.get("direction")).isEqualTo("backward");
    Map<?, ?> value = page.ask("{\"do\":\"value\",\"layer\":\"conv1\",\"at\":[2,9,15]}");
    assertThat(value.get("symbol")).isEqualTo("conv1[2,9,15]");
    assertThat((Double) value.get("kernel")).isCloseTo((Double) value.get("value"), within(1e-4));
    assertThat(((Map<?, ?>) ((Map<?, ?>) value.get("forward")).get("window")).toString()).contains("top=9.0", "left=15.0", "height=5.0");
    assertThat((List<?>) page.ask("{\"do\":\"layers\"}").get("rows")).hasSizeGreaterThan(4);
    assertThat(page.ask("{\"do\":\"look\",\"method\":\"saliency\"}").get("shape").toString()).isEqualTo("[28.0, 28.0]");
    assertThat(page.ask("{\"do\":\"look\",\"method\":\"grad_cam\"}").get("shape").toString()).isEqualTo("[28.0, 28.0]");
    Map<?, ?> attacked = page.ask("{\"do\":\"attack\",\"eps\":0.1,\"example\":{\"index\":2}}");
    assertThat(((Map<?, ?>) attacked.get("example")).get("own")).isEqualTo(true);
    String blank = Halves.text(new float[784]);
    Map<?, ?> drawn = page.ask("{\"do\":\"show\",\"example\":{\"pixels\":{\"f16\":\"" + blank + "\"}},\"chips\":{},\"direction\":\"forward\"}");
    assertThat(((Map<?, ?>) drawn.get("example")).get("label")).isNull();
    for (String wrong : List.of("{\"do\":\"value\",\"layer\":\"conv1\",\"at\":[3,0,0]}", "{\"do\":\"value\",\"layer\":\"conv1\",\"at\":[1]}", "{\"do\":\"value\",\"layer\":\"x\",\"at\":[]}",
        "{\"do\":\"example\",\"index\":999999}", "{\"do\":\"show\",\"example\":{\"pixels\":{\"f16\":\"AAAA\"}},\"chips\":{},\"direction\":\"forward\"}")) {
      assertThat(page.post(wrong).statusCode()).isEqualTo(400);
    }
    assertThat(page.take("script").body()).asString(StandardCharsets.UTF_8).contains("net N");
    assertThat(page.take("weights").body()).hasSizeGreaterThan(1000);
    assertThat(page.take("report").statusCode()).isEqualTo(400);
  }

  @Test
  void aTrainingIsPausedSteppedSteeredAndEnds() throws Exception {
    open(3);
    page.ask("{\"do\":\"step\"}");
    Map<?, ?> first = page.await("batch", b -> true).data();
    page.phase("paused");
    assertThat(first.get("batch")).isEqualTo(1.0);
    page.ask("{\"do\":\"step\"}");
    page.await("batch", b -> b.get("batch").equals(2.0));
    page.phase("paused");
    page.ask("{\"do\":\"show\",\"example\":{\"index\":0},\"chips\":{\"conv1\":\"conv1\"},\"direction\":\"forward\"}");
    page.ask("{\"do\":\"rate\",\"value\":0.02}");
    page.ask("{\"do\":\"batch\",\"value\":40}");
    page.ask("{\"do\":\"go\"}");
    assertThat(page.await("rate", r -> true).data().get("rate")).isEqualTo(0.02);
    assertThat(page.await("size", s -> true).data().get("batch")).isEqualTo(40.0);
    page.await("acts", a -> true);
    page.await("epoch", e -> e.get("epoch").equals(1.0));
    page.await("tested", t -> t.get("confusion") instanceof List<?> c && c.size() == 10);
    page.await("epoch", e -> e.get("epoch").equals(3.0));
    assertThat(page.await("ended", e -> "ok".equals(e.get("outcome"))).data().get("run")).isEqualTo(1.0);
    assertThat(page.await("state", s -> "ready".equals(s.get("phase")) && s.get("text").toString().contains("batch = 40")).data().get("text").toString()).contains("batch = 40").contains("epochs = 3");
    Map<?, ?> said = page.ask("{\"do\":\"check\",\"text\":" + json(digits(3)) + "}");
    assertThat((List<?>) said.get("diagnostics")).isEmpty();
  }

  /** A page checks what it was told while one of its sliders writes on: what is checked is older, and must not come back. What somebody has typed is taken. */
  @Test
  void aCheckDoesNotUndoASlider() throws Exception {
    open(3);
    String before = digits(3);
    page.ask("{\"do\":\"batch\",\"value\":16}");
    page.await("state", s -> s.get("text").toString().contains("batch = 16"));
    page.ask("{\"do\":\"check\",\"told\":true,\"text\":" + json(before) + "}");
    page.ask("{\"do\":\"train\"}");
    assertThat(page.await("started", r -> true).data().get("batch")).isEqualTo(16.0);
    page.await("ended", e -> true);
    page.phase("ready");
    page.ask("{\"do\":\"check\",\"text\":" + json(before) + "}");
    page.await("state", s -> "ready".equals(s.get("phase")) && s.get("text").equals(before));
  }

  /** Its page was closed for good: another one is told of it, and may end it; one that somebody looks at is nobody else's. */
  @Test
  void aTrainingWithoutAPageIsToldOf() throws Exception {
    open(9_999);
    page.ask("{\"do\":\"train\"}");
    page.await("epoch", e -> true);
    try (PageClient other = new PageClient(server.address(), "00112233445566aa")) {
      assertThat((List<?>) other.ask("{\"do\":\"left\"}").get("left")).isEmpty();
      page.stopListening();
      List<?> left = List.of();
      while (left.isEmpty()) {
        left = (List<?>) other.ask("{\"do\":\"left\"}").get("left");
      }
      Map<?, ?> found = (Map<?, ?>) left.getFirst();
      assertThat(found.get("name")).isEqualTo("play.net");
      other.ask("{\"do\":\"end\",\"page\":\"" + found.get("page") + "\"}");
      while (!left.isEmpty()) {
        left = (List<?>) other.ask("{\"do\":\"left\"}").get("left");
      }
    }
    page.listen(0, "en");
    page.phase("ready");
  }

  /** A setting that is changed where nothing is trained stands in the script, and what has been learnt stays. */
  @Test
  void aRateBeforeTheNextTrainingIsWrittenDown() throws Exception {
    open(1);
    page.ask("{\"do\":\"train\"}");
    page.await("ended", e -> "ok".equals(e.get("outcome")));
    page.phase("ready");
    page.ask("{\"do\":\"rate\",\"value\":0.002}");
    Map<?, ?> state = page.await("state", s -> Double.valueOf(0.002).equals(s.get("rate"))).data();
    assertThat(state.get("text").toString()).contains("(0.002");
    Map<?, ?> seen = page.ask("{\"do\":\"show\",\"example\":{\"index\":0},\"chips\":{\"conv1\":\"conv1\"},\"direction\":\"forward\"}");
    page.ask("{\"do\":\"train\"}");
    assertThat(page.await("started", s -> s.get("run").equals(2.0)).data().get("rate")).isEqualTo(0.002);
    assertThat(seen.get("trained")).isEqualTo(true);
    page.await("ended", e -> "ok".equals(e.get("outcome")));
  }

  /** A page that is loaded again, or whose stream was cut, has all it needs; the training does not notice. */
  @Test
  void aReloadComesBackToWhereItWas() throws Exception {
    open(400);
    page.ask("{\"do\":\"train\"}");
    page.await("epoch", e -> e.get("epoch").equals(1.0));
    PageClient.Event last = page.await("batch", b -> true);
    page.stopListening();
    page.listen(last.id(), "en");
    assertThat(page.await("batch", b -> true).id()).isGreaterThan(last.id());
    page.stopListening();
    page.listen(0, "zh");
    assertThat(page.phase("training").data().get("language")).isEqualTo("zh");
    assertThat(page.await("net", n -> true).data().get("name")).isEqualTo("N");
    assertThat(page.await("runs", r -> true).data().toString()).contains("epoch=1.0");
    assertThat(page.post("{\"do\":\"train\"}").body()).containsPattern("\\p{IsHan}");
    page.await("batch", b -> true);
    page.ask("{\"do\":\"stop\"}");
    assertThat(page.await("ended", e -> true).data().get("outcome")).isEqualTo("stopped");
    page.phase("ready");
    assertThat(page.take("report").body()).asString(StandardCharsets.UTF_8).contains("<html");
  }

  @Test
  void twoPagesHaveTwoSessions() throws Exception {
    try (PageClient other = new PageClient(server.address(), "fedcba9876543210")) {
      page.listen(0, "en");
      other.listen(0, "en");
      page.ask("{\"do\":\"open\",\"name\":\"own.net\"}");
      other.ask("{\"do\":\"open\",\"name\":\"inner/deep.net\"}");
      assertThat(page.await("net", n -> n.get("name") != null).data().get("name")).isEqualTo("Own");
      assertThat(other.await("net", n -> n.get("name") != null).data().get("name")).isEqualTo("Deep");
    }
  }

  @Test
  void aMistakeWhileItRunsIsToldAndTheSessionGoesOn() throws Exception {
    page.listen(0, "en");
    page.ask("{\"do\":\"open\",\"name\":\"play.net\",\"text\":" + json(digits(1).replace(">= 0.05", ">= 2")) + "}");
    page.phase("ready");
    page.ask("{\"do\":\"run\"}");
    assertThat(page.await("said", s -> "bad".equals(s.get("tone"))).data().get("text").toString()).contains(">= 2");
    page.phase("ready");
    page.ask("{\"do\":\"open\",\"name\":\"own.net\"}");
    page.await("net", n -> "Own".equals(n.get("name")));
  }

  @Test
  void aServerThatEndsSaysSo() throws Exception {
    page.listen(0, "en");
    page.phase("empty");
    server.close();
    page.await("gone", g -> true);
  }

  @Test
  void lessonsAreThoseOfTheTutorial() throws Exception {
    List<?> steps = (List<?>) page.ask("{\"do\":\"lessons\"}").get("steps");
    assertThat(steps).hasSizeGreaterThan(15);
    assertThat(((Map<?, ?>) steps.getFirst()).get("title")).asString().isNotBlank();
    assertThat(Language.CHINESE.code()).isEqualTo("zh");
  }
}
