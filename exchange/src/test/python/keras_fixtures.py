"""Writes the models of Keras that KerasImporterTest reads, with what they make of random numbers.

    python3 keras_fixtures.py ../resources/keras     (keras 3, with TensorFlow or PyTorch)
"""
import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import keras
from keras import layers as L

folder = sys.argv[1]
only = sys.argv[2:]


def rows():
    return keras.Sequential([
        L.Input((8, 6, 3)), L.Rescaling(1 / 2, offset=-0.1), L.Conv2D(4, 3, strides=2, padding="same", activation="relu"), L.MaxPooling2D(),
        L.Flatten(), L.Dropout(0.3), L.Dense(5, activation="softmax")])


def graph():
    x = image = L.Input((9, 7, 2), name="image")
    x = L.Conv2D(4, 3, padding="same", use_bias=False, name="stem")(x)
    x = L.BatchNormalization(name="stem_norm")(x)
    x = skip = L.Activation("silu")(x)
    x = L.DepthwiseConv2D((3, 2), padding="same", depth_multiplier=2, name="depth")(x)
    x = L.LeakyReLU(negative_slope=0.1)(x)
    x = L.SeparableConv2D(4, 3, padding="same", activation="gelu", name="apart")(x)
    x = L.Add()([x, skip])
    x = L.ZeroPadding2D(((1, 0), (2, 1)))(x)
    x = L.Conv2D(6, (3, 2), strides=(2, 1), groups=2, activation="elu")(x)
    x = L.Concatenate()([L.GlobalAveragePooling2D()(x), L.GlobalMaxPooling2D()(x)])
    return keras.Model(image, [L.Dense(3, name="scores")(x), L.Dense(1, activation="sigmoid", name="chance")(x)])


def up():
    x = image = L.Input((4, 5, 2))
    x = L.Conv2DTranspose(3, 3, strides=2, padding="same", activation="relu")(x)
    x = L.Conv2DTranspose(3, 2, strides=2)(x)
    x = L.UpSampling2D(2)(x)
    x = L.Cropping2D(((1, 2), (0, 3)))(x)
    x = L.AveragePooling2D(2)(x)
    return keras.Model(image, L.Conv2D(2, 1, activation="tanh")(x))


def words():
    x = tokens = L.Input((7,), dtype="int32")
    x = L.Embedding(11, 4)(x)
    x = L.SpatialDropout1D(0.1)(x)
    x = L.Bidirectional(L.LSTM(3, return_sequences=True))(x)
    x = L.GRU(4, return_sequences=True)(x)
    x = L.Bidirectional(L.GRU(2))(x)
    return keras.Model(tokens, L.Dense(2)(x))


def waves():
    x = wave = L.Input((12, 2))
    x = L.Conv1D(4, 3, dilation_rate=2, padding="causal", activation="relu")(x)
    x = L.LayerNormalization()(x)
    x = L.MaxPooling1D(2)(x)
    x = L.SimpleRNN(3, return_sequences=True)(x)
    x = L.TimeDistributed(L.Dense(4, activation="softplus"))(x)
    x = L.LSTM(3)(x)
    return keras.Model(wave, L.Dense(2, name="end")(x))


def attention():
    x = places = L.Input((6, 8))
    x = L.LayerNormalization(epsilon=1e-5)(L.Add()([x, L.MultiHeadAttention(2, 4)(x, x)]))
    x = L.Add()([x, L.Dense(8)(L.Dense(12, activation="relu")(x))])
    return keras.Model(places, L.Dense(3)(L.GlobalAveragePooling1D()(x)))


def nested():
    encoder = keras.Sequential([L.Input((6, 6, 1)), L.Conv2D(2, 3, name="one"), L.BatchNormalization(scale=False), L.ReLU(max_value=6), L.Conv2D(3, 2, name="two")], name="encoder")
    x = image = L.Input((6, 6, 1))
    x = encoder(x)
    x = L.Reshape((9, 3))(x)
    x = L.Permute((2, 1))(x)
    x = L.Flatten()(x)
    return keras.Model(image, keras.Sequential([L.Input((27,)), L.Dense(4, activation="selu"), L.Dense(2)], name="top")(x))


def digits():
    return keras.Sequential([L.Input((5, 4)), L.Flatten(), L.Dense(6, activation="relu6"), L.Dense(3)])


def table():
    return keras.Sequential([L.Input((4,)), L.Normalization(mean=[1.0, 2, 3, 4], variance=[1.0, 4, 9, 16]), L.Dense(5, activation="hard_sigmoid"), L.BatchNormalization(), L.Dense(2, activation="mish")])


def small():
    """What changes of single bytes are tried on."""
    return keras.Sequential([L.Input((4, 4, 1)), L.Conv2D(2, 3, activation="relu"), L.Flatten(), L.Dense(2)])


def pools():
    """Windows that reach over one edge, and a mean that leaves out what lies behind it."""
    return keras.Sequential([
        L.Input((7, 6, 2)), L.MaxPooling2D(2, strides=1, padding="same"), L.AveragePooling2D(3, strides=1, padding="same"), L.MaxPooling2D((3, 2), strides=2, padding="same"), L.Flatten(), L.Dense(3)])


def plain(a):
    return keras.ops.convert_to_numpy(a)[0]


def turned(a):
    """Channels first, without the batch."""
    a = plain(a)
    return a if a.ndim < 2 else np.moveaxis(a, -1, 0)


def written(name, make, endings):
    keras.utils.clear_session()
    keras.utils.set_random_seed(7)
    random = np.random.default_rng(3)
    model = make()
    weights = [w + random.normal(0, 0.3, w.shape).astype("float32") if w.dtype == np.float32 else w for w in model.get_weights()]
    # Variances are no less than 0.
    model.set_weights([np.abs(w) + 0.1 if "variance" in v.path else w for v, w in zip(model.weights, weights)])
    inputs = []
    for i in model.inputs:
        shape = (1,) + tuple(i.shape[1:])
        inputs.append(random.integers(0, 11, shape) if "int" in i.dtype else random.normal(0, 1, shape).astype("float32"))
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    flat = name in ("digits",)
    with open(f"{folder}/{name}.txt", "w") as out:
        for kind, arrays in (("in", inputs), ("out", outputs)):
            for a in arrays:
                a = plain(a) if flat or "int" in str(plain(a).dtype) else turned(a)
                out.write(kind + " " + " ".join(f"{v:.7g}" for v in a.reshape(-1).tolist()) + "\n")
    for ending in endings:
        path = f"{folder}/{name}{ending}"
        model.save(path)
        if ending == ".keras":
            with zipfile.ZipFile(path) as archive:
                entries = {n: archive.read(n) for n in archive.namelist() if n in ("metadata.json", "config.json", "model.weights.h5")}
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for n, data in entries.items():
                    archive.writestr(zipfile.ZipInfo(n, (2026, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


for name, make, endings in [
        ("rows", rows, [".keras", ".h5"]), ("graph", graph, [".keras"]), ("up", up, [".keras"]), ("words", words, [".keras", ".h5"]), ("waves", waves, [".keras"]),
        ("attention", attention, [".keras", ".h5"]), ("nested", nested, [".keras", ".h5"]), ("digits", digits, [".keras"]), ("table", table, [".keras"]), ("small", small, [".keras", ".h5"]), ("pools", pools, [".keras", ".h5"])]:
    if not only or name in only:
        written(name, make, endings)
