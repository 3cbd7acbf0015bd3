# The numbers of MemoriesTest: python3 memories.py. rnn, gru and lstm as PyTorch has them, in double: losses of ten steps, outputs of the first example, gradients of
# the first step and parameters after the tenth. And a state_dict of a network with an LSTM, as a file of safetensors, with what the network makes of an example.
import json
import os
import struct
import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "dev", "lanewise", "dsl", "check", "expression")
IN, N, EXAMPLES = 2, 3, 3


def numbers(shape, k, by=16):
    """The same in both languages, and exact in float32."""
    count = torch.Size(shape).numel()
    return torch.tensor([((7 * e * e + 3 * e + 5 * k) % 17 - 8) / by for e in range(count)]).reshape(shape)


class Net(nn.Module):
    def __init__(self, kind, layers, way, places):
        super().__init__()
        self.t = nn.Parameter(torch.zeros(IN, places))
        self.rnn = {"rnn": nn.RNN, "gru": nn.GRU, "lstm": nn.LSTM}[kind](IN, N, layers, batch_first=True, bidirectional=way == "both")
        self.reverse = way == "reverse"
        with torch.no_grad():
            for k, p in enumerate(self.rnn.parameters()):
                p.copy_(numbers(p.shape, k + 1))

    def forward(self, x):
        x = (x + self.t).transpose(1, 2)
        y = self.rnn(x.flip(1) if self.reverse else x)[0]
        return (y.flip(1) if self.reverse else y).transpose(1, 2)


def cases():
    lengths = [1, 40, 5, 2, 13, 8, 24, 3]
    count = 0
    for kind in ("rnn", "gru", "lstm"):
        for layers in (1, 2, 3):
            for way in ("there", "reverse", "both"):
                yield kind, layers, way, lengths[count % len(lengths)]
                count += 1


def write():
    with open(os.path.join(FOLDER, "memories.txt"), "w") as file:
        for kind, layers, way, places in cases():
            net = Net(kind, layers, way, places)
            x = numbers((EXAMPLES, IN, places), 3, 8)
            y = numbers((EXAMPLES, N * (2 if way == "both" else 1), places), 2, 8)
            step = torch.optim.SGD(net.parameters(), 0.1)
            losses, first, gradients = [], None, None
            for _ in range(10):
                step.zero_grad()
                output = net(x)
                loss = F.mse_loss(output, y)
                loss.backward()
                losses.append(loss.item())
                if first is None:
                    first = output[0].flatten().tolist()
                    gradients = torch.cat([p.grad.flatten() for p in net.parameters()]).tolist()
                step.step()
            trained = torch.cat([p.flatten() for p in net.parameters()]).tolist()
            parts = [losses, first, gradients, trained]
            file.write(" ".join([kind, str(layers), way, str(places)] + [",".join("%.12g" % v for v in p) for p in parts]) + "\n")


class Named(nn.Module):
    """As somebody writes it in PyTorch."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(IN, N, 2, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * N, 2)

    def forward(self, x):
        return self.fc(self.rnn(x.transpose(1, 2))[0][:, -1])


def save():
    net = Named()
    with torch.no_grad():
        for k, p in enumerate(net.parameters()):
            p.copy_(numbers(p.shape, k))
    header, data = {}, b""
    for name, p in net.state_dict().items():
        raw = p.float().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(p.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(FOLDER, "state_dict.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)
    print("of", numbers((1, IN, 4), 3, 8).flatten().tolist(), "comes", net(numbers((1, IN, 4), 3, 8)).flatten().tolist())


write()
save()
