"""Writes the files that MasksTest reads: python3 masks.py ../resources/dev/lanewise/exchange/onnx/read/masks (torch 2). Models of texts in which 0 is padding, as people write them."""
import glob
import logging
import sys
import warnings

import onnx
import torch
from torch import nn

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
folder = sys.argv[1]
torch.manual_seed(1)


class Mean(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 4, padding_idx=0)
        self.fc = nn.Linear(4, 3)

    def forward(self, text):
        real = (text != 0).float().unsqueeze(-1)
        return self.fc((self.embed(text) * real).sum(1) / real.sum(1).clamp(min=1))


class Largest(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 4)
        self.conv = nn.Conv1d(4, 5, 3, padding=1)
        self.fc = nn.Linear(5, 3)

    def forward(self, text):
        real = (text > 0).unsqueeze(1)
        x = self.embed(text).transpose(1, 2).masked_fill(~real, 0)
        x = torch.relu(self.conv(x)).masked_fill(~real, -1e9)
        return self.fc(x.max(2).values)


class Attends(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 4)
        self.attention = nn.MultiheadAttention(4, 2, batch_first=True)
        self.fc = nn.Linear(4, 3)

    def forward(self, text):
        padding = text == 0
        x = self.embed(text)
        x = x + self.attention(x, x, x, key_padding_mask=padding, need_weights=False)[0]
        real = (~padding).float().unsqueeze(-1)
        return self.fc((x * real).sum(1) / real.sum(1))


class Encodes(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(12, 4)
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 6, 0.0, batch_first=True), 1, enable_nested_tensor=False)
        self.fc = nn.Linear(4, 3)

    def forward(self, text):
        padding = text == 0
        x = self.encoder(self.embed(text), src_key_padding_mask=padding)
        real = (~padding).float().unsqueeze(-1)
        return self.fc((x * real).sum(1) / real.sum(1))


text = torch.tensor([[3, 4, 5, 6, 7, 8, 9], [3, 11, 5, 0, 0, 0, 0], [2, 0, 0, 0, 0, 0, 0]])
for model in (Mean(), Largest(), Attends(), Encodes()):
    name = type(model).__name__.lower()
    model.eval()
    made = model(text)
    with open(f"{folder}/{name}.txt", "w", encoding="utf-8") as file:
        for i, out in zip(text.tolist(), made.tolist()):
            print("in text", *i, file=file)
            print("out 0", *out, file=file)
    torch.onnx.export(model, (text,), f"{folder}/{name}-old.onnx", dynamo=False, opset_version=17, input_names=["text"], dynamic_axes={"text": {0: "batch"}})
    torch.onnx.export(
        model, (text,), f"{folder}/{name}-new.onnx", dynamo=True, external_data=False, input_names=["text"], dynamic_shapes={"text": {0: torch.export.Dim("batch")}}, verbose=False)


def forget(file):
    """Takes out what the exporter tells of its own files: where each operator was called."""
    model = onnx.load(file)
    parts = [model.graph, *model.functions]
    for part in parts:
        for thing in [part, *part.node, *getattr(part, "initializer", ()), *getattr(part, "value_info", ()), *([*part.input, *part.output] if part is model.graph else ())]:
            thing.doc_string = ""
            del thing.metadata_props[:]
    onnx.save(model, file)


for file in glob.glob(f"{folder}/*.onnx"):
    forget(file)
