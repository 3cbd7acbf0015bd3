"""Writes cnn.onnx into a folder: a small CNN for MNIST as PyTorch exports it, with the random weights that it begins with."""
import sys
import warnings

import torch
from torch import nn

warnings.filterwarnings("ignore")
torch.manual_seed(1)
model = nn.Sequential(
    nn.Conv2d(1, 8, 5, stride=2, padding=2), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(8, 16, 3, padding=1), nn.GELU(), nn.Flatten(), nn.Linear(784, 10)).eval()
torch.onnx.export(
    model, (torch.randn(1, 1, 28, 28),), sys.argv[1] + "/cnn.onnx", dynamo=False, input_names=["image"], output_names=["scores"],
    dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}})
