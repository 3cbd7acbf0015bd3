package dev.lanewise.dsl.diagnostic;

/**
 * What can be wrong with a script. A code is never given a second meaning. Each has its smallest trigger here, and a golden script named
 * after it among the tests.
 */
public enum Code {
  /** {@code net = 3}. */
  L001("something else was expected here"),
  /** {@code net A &#123; relu}, or a string without its second quote. */
  L002("something is opened and not closed"),
  /** {@code dense 10}. */
  L003("arguments go in parentheses"),
  /** {@code a = 3 $ 4}. */
  L004("a character that means nothing"),
  /** 501 parentheses inside each other. */
  L005("nested too deep"),
  /** {@code densse(10)}. */
  L006("a name that is not known"),
  /** {@code a = 1; a = 2} in a file. */
  L007("a name bound twice"),
  /** {@code export(N, "n.onnx")}. */
  L008("what is not there yet"),
  /** {@code conv(8, 3, strid = 2)}. */
  L009("an argument that is not known"),
  /** {@code conv(8)}. */
  L010("an argument is missing"),
  /** {@code dense("ten")}. */
  L011("a value of the wrong kind"),
  /** {@code input 1x28x28 -> dense(10)}. */
  L012("the layer needs a flat input"),
  /** {@code input 784 -> conv(8, 3)}. */
  L013("the layer needs an image"),
  /** {@code input 1x4x4 -> conv(8, 5)}. */
  L014("the window is larger than the image"),
  /** {@code dropout(2)}. */
  L015("a value out of range"),
  /** {@code train N on digits} where N ends with {@code dense(1)}. */
  L016("the output does not fit the loss or the data"),
  /** {@code dense(1_000_000_000)}. */
  L017("too large to run"),
  /** {@code net A &#123; relu &#125;}. */
  L018("a network starts with one input"),
  /** {@code conv(8, 3, kernel = 3)}. */
  L019("given twice, or one too many"),
  /** {@code train N on digits &#123; epoch = 3 &#125;}. */
  L020("a setting that is not known"),
  /** {@code train digits on N}. */
  L021("a name that stands for something else"),
  /** {@code train N on d &#123; epochs = test(N, d).accuracy &#125;}. */
  L022("must be known before the script runs"),
  /** {@code a = "one" + 1}. */
  L023("an operation that has no result"),
  /** {@code expect params == 3} in a network that has more. */
  L024("an expectation does not hold"),
  /** {@code train N on digits} where N starts with {@code input 784}. */
  L025("the network's input does not fit the data"),
  /** {@code add &#123; path &#123; conv(3, 3) &#125; path &#123; &#125; &#125;}. */
  L026("branches whose shapes do not fit together"),
  /** {@code block B &#123; B &#125;}. */
  L027("a block that contains itself"),
  /** {@code @enc} where nothing is called enc. */
  L028("a label that is not known"),
  /** {@code def f(x) = [x]}. */
  L029("no formula of numbers"),
  /** {@code load(N, "nowhere.safetensors")}. */
  L030("a file cannot be read or written"),
  /** {@code load(N, "of-another-net.safetensors")}. */
  L031("a file does not fit the network"),
  /** {@code optimizer = sgd(1e9)}. */
  L032("training diverged"),
  /** {@code import "nowhere.net"}. */
  L033("a file that cannot be imported"),
  /** {@code import "a.net"} in a.net. */
  L034("files that import each other"),
  /** {@code a: relu -> a: relu}. */
  L035("a label that is already taken"),
  /** {@code if 3 &#123; relu &#125;}. */
  L036("a comparison is needed"),
  /** {@code repeat 1.5 &#123; relu &#125;}. */
  L037("how often something is repeated"),
  /** {@code path &#123; relu &#125;} outside of add. */
  L038("paths stand in add, mul or concat"),
  /** {@code add(3)}. */
  L039("branches that are joined"),
  /** {@code def f(x, y) = x} as a loss. */
  L040("a loss is one number for each example"),
  /** {@code share(@flatten)} of what is no layer. */
  L061("only a layer can be shared"),
  /** {@code weight W : 10 ~ zeros}. */
  L063("the dimensions of a weight"),
  /** {@code weight W : [10] ~ zeroes}. */
  L064("an initialiser that is not known"),
  /** {@code in @ in}. */
  L065("what can be multiplied by @"),
  /** {@code in + W}, of 5 and 3 values. */
  L066("values that do not go together element by element"),
  /** {@code loss = cross_entrpy}. */
  L067("a loss that is not known"),
  /** {@code optimizer = adm}. */
  L068("an optimiser that is not known"),
  /** {@code schedule = cosin}. */
  L069("a schedule that is not known"),
  /** {@code data d = mnst()}. */
  L070("data that are not known"),
  /** {@code def f(x) = sigmod(x)}. */
  L071("a function that is not known"),
  /** {@code layer L &#123; out = 3 &#125;}. */
  L072("a layer that does not use its input"),
  /** {@code show(N, layers)}. */
  L073("what can be shown"),
  /** {@code def f() = 3}. */
  L074("a function needs a parameter"),
  /** {@code net N(width) &#123; … &#125;}. */
  L075("a network's parameters need defaults"),
  /** {@code input 4 -> input 4}. */
  L076("a second input"),
  /** {@code save(N, 3)}. */
  L077("a file name is needed"),
  /** {@code a: dense(4) -> dense(4) -> @a}. */
  L078("a layer that no output depends on"),
  /** {@code weight b : [n] ~ zeros} that {@code out} does not read. */
  L079("a weight that nothing depends on"),
  /** {@code def l(output, label) = 3}. */
  L080("a loss that does not depend on the output"),
  /** {@code 2(y - t)}. */
  L081("a product without `*`"),
  /** {@code dense（3）}. */
  L082("a sign that is written in another way"),
  /** {@code [1, 2, 3][5]}. */
  L083("a part of a value that is not there"),
  /** {@code test(Digits, pets)}: a network is asked about classes that it does not know. */
  L088("examples of another world"),
  /** {@code split.val = 3} of four examples in two classes. */
  L086("a split that leaves nothing of a class to train on"),
  /** {@code test(N, d)} where N makes NaN of examples. */
  L089("outputs that are not numbers"),
  /** {@code roc(N, d)} of examples that all have one class. */
  L091("classes cannot be told apart where there is one alone"),
  /** {@code loss { box = mse }} of a network without a head that is called so. */
  L093("outputs and losses that do not go together"),
  /** {@code user: input 1 of 610} and examples without a part `user`. */
  L094("examples that lack a part"),
  /** {@code test(N, digits).map50} of digits without boxes. */
  L095("what map50 needs"),
  /** {@code data d = npz("d.npz", x = "image", y = ["class", "box"])} where a class has an empty box. */
  L096("boxes that are not what they should be"),
  /** {@code predict(Taste, [610])}, where the network takes 1 of 610. */
  L085("a whole number that a network does not take"),
  /** {@code conv(3, 1)} as the last layer, where each pixel is one of eleven classes. */
  L084("outputs that do not fit a class at each place"),
  /** {@code input 1 of 10 -> dense(3)}. */
  L092("whole numbers where there should be numbers, or the other way round"),
  /** {@code def copy(output, Small) = mean((output - Small) ^ 2)}, {@code train Small on digits { loss = copy }}. */
  L097("a teacher that cannot teach"),
  /** {@code train G against D on digits} where D ends with {@code dense(10)}. */
  L098("networks that cannot be trained against each other"),
  /** {@code search(N, "…")} where nothing has taught N to find one part of an example by another. */
  L099("parts of examples that do not find each other"),
  /** {@code input 8 -> last}. */
  L100("the layer needs a sequence"),
  /** {@code each &#123; conv(8, 3) &#125;}. */
  L101("what cannot be done at each place by itself"),
  /** {@code input 6x4 -> attention(4)}. */
  L104("heads that do not divide the channels"),
  /** {@code translate(Tells, "a three")} of a network that makes texts of pictures. */
  L105("a text for a network that reads none"),
  /** {@code search(Clip, "?")} where no text that Clip has learnt from has a question mark. */
  L110("texts that a network knows nothing of"),
  /** {@code generate(Cnn, "a")} of a network that takes images. */
  L112("a network that writes no texts"),
  /** {@code trace(Net.dense1, data.test.item(0), at = [99])} of a layer with ten outputs. */
  L115("a number that a value does not have"),
  /** {@code backward(Net, signs.test.item(0))} of a network that compares examples with each other. */
  L116("no loss of an example alone"),
  /** {@code backward(Net.dropout1, data.test.item(0))}. */
  L117("a layer that has no numbers to look at"),
  /** {@code epochs: 5}. */
  L129("written as in another language"),
  /** {@code nn.Linear(784, 10)}. */
  L130("a call of another library"),
  /** {@code loss = contrastive} of examples that nothing changes. */
  L090("examples that cannot be compared with each other"),
  /** {@code attack(Net, points, fgsm(0.1))} of points in a plane. */
  L118("an attack on what has no pixels"),
  /** {@code attack(Net, digits, fgsm(0.1))} of a network that rebuilds its images. */
  L119("an attack without a class to change"),
  /** {@code attack(Net, bytes, fgsm(0.1))} of images with values up to 255. */
  L121("pixels that do not go from 0 to 1"),
  /** A layer with a state where there is no sequence. */
  L125("a memory without a sequence"),
  /** A state that nothing is done with. */
  L126("a state that remembers nothing"),
  /** A state or an output of another size than it should have. */
  L127("a state whose size changes"),
  /** {@code data d = mnist() { limit = 500; split.val = 900 }}. */
  L139("more examples than there are"),
  /** {@code gradcam(Net.dense1, digits.test.item(0))}. */
  L123("what has no map"),
  /** {@code saliency(Net, digits.test.item(0), class = 10)}. */
  L124("a class that a network has no score for"),
  /** {@code gradcam(Net.relu1, digits.test.item(0))} of a layer that is 0 everywhere. */
  L128("a score that depends on nothing"),
  /** {@code on = spark("local[2]")} where there is no Spark. */
  L146("other processes that are not there"),
  /** {@code batch = 1} and batchnorm of features. */
  L052("batchnorm of single examples"),
  /** {@code dense(10) -> softmax} under cross_entropy. */
  L041("softmax before a loss of scores"),
  /** {@code dense(10) -> sigmoid} under cross_entropy. */
  L042("sigmoid before a loss of scores"),
  /** {@code conv(1, 6, 5)} of an image with one channel. */
  L131("a number that is what comes in"),
  /** {@code dense(10) -> dropout} as the end of a network. */
  L043("dropout after the last layer"),
  /** {@code loss = nll} of a network that ends with dense. */
  L132("an end of the network that does not suit its loss"),
  /** {@code loss = mse} of classes. */
  L133("a loss for something else than is to be learned"),
  /** {@code sgd(0.05, decay = 1)}. */
  L134("a setting far outside of what is usual"),
  /** {@code schedule = step(30)} of four epochs. */
  L135("a setting that comes to nothing"),
  /** {@code dense(8) -> relu -> sigmoid -> dense(2)}. */
  L136("layers that can hardly learn"),
  /** {@code test(N, digits)} of a network that nothing has trained. */
  L137("a network that has learnt nothing"),
  /** {@code optimizer = sgd(100)}. */
  L044("an unusual learning rate"),
  /** {@code conv(8, 3) -> batchnorm}. */
  L045("a bias before batchnorm"),
  /** {@code a: relu} where nobody reads @a. */
  L046("a label that nobody reads"),
  /** {@code def f(x, beta = 1) = x}. */
  L047("a parameter that nobody uses"),
  /** {@code dense(12)} for ten classes. */
  L048("more outputs than classes"),
  /** {@code relu -> relu}. */
  L049("a layer that changes nothing"),
  /** {@code dense(100) -> dense(10)}. */
  L050("two linear layers without an activation between"),
  /** {@code limit = 10} and {@code batch = 64}. */
  L051("a batch larger than the data"),
  /** {@code optimizer.lr in [0.1, 0.2]} under {@code one_cycle(0.01)}. */
  L053("a sweep of what makes no difference"),
  /** {@code data d = csv("t.csv", label = 3)} of a table whose first column has 1, 2, 3 … */
  L054("a column that is hardly what it is taken for"),
  /** {@code classify(Net, "seven.png")} of a network whose parameters come from elsewhere. */
  L055("an image for a network that knows nothing of its images"),
  /** {@code confusion(Net, data)} where no example has one of the network's classes. */
  L056("a class of the network that no example has"),
  /** {@code limit = 60} of a table that is sorted by its class. */
  L057("the first examples lack a class"),
  /** {@code limit = 1} of data with two classes. */
  L058("a part without an example of a class"),
  /** {@code load(N, "diverged.safetensors")}. */
  L059("parameters that are not numbers"),
  /** {@code data d = npy("x.npy", labels = "y.npy")} of images with values up to 255, as floats. */
  L087("values far above 1"),
  /** {@code input 40 of 9 padded -> embed(8) -> conv(8, 3)}. */
  L102("padding that counts like what is real"),
  /** {@code input 40 of 9} trained on data whose 0 is padding. */
  L103("data has padding, and the network does not know"),
  /** {@code audio("calls", seconds = 1)} of sounds that are longer. */
  L120("files that are left out, or not heard whole"),
  /** {@code load(N, "net.safetensors")} of a network that was trained by a {@code def} of another script. */
  L060("a loss that the file names, and that is not known here"),
  /** A column of a table that is the same in every line, or there twice. */
  L140("a column that says nothing"),
  /** A column of a table that is only known when the answer is. */
  L141("a column that tells the answer"),
  /** A table with 990 lines of one class and 10 of the other. */
  L142("classes with few examples, or far fewer than others"),
  /** Lines of a table that are in the file to test on, too. */
  L143("examples that are there twice, or show nothing"),
  /** {@code augment = [flip]} of digits. */
  L144("changes and scales that do not suit the data"),
  /** {@code input 28x28x1}. */
  L138("channels that stand last"),
  /** {@code in * W} of a row and a matrix. */
  L145("element by element, where a product of matrices is probably meant"),
  /** {@code search(Clip, "cat?")} where no text that Clip has learnt from has a question mark. */
  L111("a text with what a network has not met"),
  /** {@code classify(Net, "ink.png")}, dark on light, of a network that knows light on dark. */
  L062("an image that is much lighter or darker than those that were learnt");

  private final String summary;

  Code(String summary) {
    this.summary = summary;
  }

  /** What the code is about, in a few words. */
  public String summary() {
    return summary;
  }

  /** Those that begin with L041, in the order above, are warnings. */
  public Severity severity() {
    return ordinal() >= L041.ordinal() ? Severity.WARNING : Severity.ERROR;
  }
}
