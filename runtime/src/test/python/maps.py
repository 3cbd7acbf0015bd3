# Maps and attacks of small networks, written down in PyTorch's double from their papers' formulas, beside what TorchMapsTest has computed:
# python3 maps.py networks.jsonl. Ends with status 1 if anything differs by more than 1e-5, and says what.
import json
import sys
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
TOLERANCE = 1e-5


def layers(net, x, kept=None):
    """What the network gives; what layers give is put into kept, by their names."""
    for layer in net["layers"]:
        kind, name = layer["kind"], layer["name"]
        if kind == "conv":
            x = F.conv2d(x, layer["weight"], layer["bias"], stride=layer["stride"], padding=layer["padding"])
        elif kind == "dense":
            x = F.linear(x.flatten(1), layer["weight"], layer["bias"])
        else:
            x = getattr(torch, kind)(x)
        if kept is not None:
            kept[name] = x
    return x


def score(net, x, kept=None):
    """Of one output that tells two classes apart, the first class is the other sign."""
    y = layers(net, x, kept)
    return y[:, net["class"]] if y.size(1) > 1 else (1 if net["class"] == 1 else -1) * y[:, 0]


def gradient(net, x):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(score(net, x).sum(), x)[0]


def saliency(net, x):
    return (gradient(net, x) / net["std"]).abs().amax(1)[0]


def integrated_gradients(net, x):
    steps = net["steps"]
    ways = torch.cat([net["baseline"] + (k + 0.5) / steps * (x - net["baseline"]) for k in range(steps)])
    return ((x - net["baseline"]) * gradient(net, ways).mean(0)).sum(1)[0]


def gradcam(net, x):
    kept = {}
    s = score(net, x.clone().requires_grad_(), kept)
    a = kept[net["layer"]]
    alpha = torch.autograd.grad(s.sum(), a)[0].mean((2, 3), keepdim=True)
    small = F.relu((alpha * a).sum(1, keepdim=True))
    return F.interpolate(small, size=x.shape[2:], mode="bilinear", align_corners=False)[0, 0].detach()


def occlusion(net, x):
    size, stride = net["size"], net["stride"]
    falls, counts = torch.zeros(x.shape[2:]), torch.zeros(x.shape[2:])

    def starts(length):
        all = [0]
        while all[-1] + size < length:
            all.append(all[-1] + stride)
        return all

    for top in starts(x.size(2)):
        for left in starts(x.size(3)):
            covered = x.clone()
            covered[:, :, top:top + size, left:left + size] = net["baseline"][:, :, top:top + size, left:left + size]
            falls[top:top + size, left:left + size] += (score(net, x) - score(net, covered)).item()
            counts[top:top + size, left:left + size] += 1
    return falls / counts


def attacked(net, x, eps, step, steps):
    """Along the signs of the loss's gradient, within eps of the image and the range of pixels, in units of the pixels."""
    mean, std = net["mean"], net["std"]
    image = x * std + mean
    label = torch.tensor([net["class"]])
    now = image
    for _ in range(steps):
        shown = ((now - mean) / std).requires_grad_()
        g = torch.autograd.grad(F.cross_entropy(layers(net, shown), label), shown)[0]
        now = (image + (now + step * g.sign() - image).clamp(-eps, eps)).clamp(0, 1)
    return ((now - mean) / std).detach()[0]


def tensors(net):
    for layer in net["layers"]:
        for name in ("weight", "bias"):
            if name in layer:
                layer[name] = torch.tensor(layer[name]["numbers"]).reshape(layer[name]["shape"])
    for name in ("x", "baseline"):
        net[name] = torch.tensor(net[name]).reshape([1] + net["shape"])
    for name in ("mean", "std"):
        net[name] = torch.tensor(net[name])[None, :, None, None]


worst, differs = 0.0, False
count = 0
for line in open(sys.argv[1]):
    net = json.loads(line)
    tensors(net)
    x = net["x"]
    expected = {"saliency": saliency(net, x), "integrated_gradients": integrated_gradients(net, x), "gradcam": gradcam(net, x), "occlusion": occlusion(net, x)}
    for name, (eps, step, steps) in net["attacks"].items():
        expected[name] = attacked(net, x, eps, step, steps)
    for name, map in expected.items():
        told = torch.tensor(net["told"][name]).reshape(map.shape)
        off = ((told - map).abs() / map.abs().clamp(min=1)).max().item()
        worst = max(worst, off)
        if not off <= TOLERANCE:
            differs = True
            print("network", net["seed"], name, "differs by", off)
    count += 1
print(count, "networks: the largest difference is %.2g" % worst)
sys.exit(1 if differs or count == 0 else 0)
