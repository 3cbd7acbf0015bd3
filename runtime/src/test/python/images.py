# Writes the images that ImageFolderTest reads, and what PyTorch makes of them: interpolate(mode="bilinear", antialias=True).
# Run in runtime/src/test: python3 python/images.py
import numpy as np
import torch
from PIL import Image

FOLDER = "resources/dev/lanewise/runtime/data/source/images/"
x, y = np.meshgrid(np.arange(13), np.arange(10))
red = (x * 19 + y * 3) % 256
green = (x * 7 + y * 25) % 256
blue = (255 - x * 11 - y * 9) % 256
colour = np.stack([red, green, blue]).astype("u1")

Image.fromarray(colour.transpose(1, 2, 0), "RGB").save(FOLDER + "colour.png")
Image.fromarray(red.astype("u1"), "L").save(FOLDER + "grey.png")
Image.fromarray((red * 257).astype("u2")).save(FOLDER + "grey16.png")
Image.fromarray(colour.transpose(1, 2, 0), "RGB").save(FOLDER + "colour.bmp")
Image.fromarray((red // 16 * 16).astype("u1"), "L").convert("P", palette=Image.ADAPTIVE).save(FOLDER + "palette.gif")

with open(FOLDER + "pytorch.txt", "w") as f:
    for size in [5, 10, 28]:
        for channels, planes in [(3, colour.astype("f4")), (1, (np.tensordot([0.299, 0.587, 0.114], colour.astype("f8"), 1))[None])]:
            t = torch.tensor(planes, dtype=torch.float32)[None]
            out = torch.nn.functional.interpolate(t, size=(size, size), mode="bilinear", antialias=True, align_corners=False)
            f.write(f"{size} {channels} " + " ".join(f"{v:.3f}" for v in out.flatten().tolist()) + "\n")
