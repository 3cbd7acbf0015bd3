# Writes the images that ImageFileTest reads: one picture, 24x16, in many kinds of files. Its corners are black, light grey, mid grey and dark
# grey, or red, green, blue and white, so that it shows how it lies. Pillow 12. Run in runtime/src/test: python3 python/kinds.py
from PIL import Image, ImageOps

FOLDER = "resources/dev/lanewise/runtime/data/format/images/"


def quarters(mode, a, b, c, d):
    image = Image.new(mode, (24, 16), a)
    image.paste(b, (12, 0, 24, 8))
    image.paste(c, (0, 8, 12, 16))
    image.paste(d, (12, 8, 24, 16))
    return image


grey = quarters("L", 0, 200, 120, 60)
colour = quarters("RGB", (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))
# What has to be done with the upright picture so that a camera that was held like this has stored it.
STORED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270,
}
for orientation, change in STORED.items():
    stored = grey if change is None else grey.transpose(change)
    exif = Image.Exif()
    exif[274] = orientation
    path = f"{FOLDER}lies{orientation}"
    stored.save(path + ".jpg", quality=100, exif=exif)
    assert list(ImageOps.exif_transpose(Image.open(path + ".jpg")).resize((2, 2), Image.Resampling.BOX).getdata())[1] > 190
    if orientation == 6:
        stored.save(path + ".png", exif=exif)
        stored.save(path + ".tif", tiffinfo={274: 6})
        stored.convert("RGB").save(path + ".webp", lossless=True, exif=exif)

colour.save(FOLDER + "lossy.webp", quality=95)
colour.save(FOLDER + "lossless.webp", lossless=True)
ink = Image.new("RGBA", (24, 16), (0, 0, 0, 0))
ink.paste((0, 0, 0, 255), (8, 4, 16, 12))
ink.save(FOLDER + "dark.png")
ink.save(FOLDER + "dark.webp", quality=90)
ink.save(FOLDER + "dark-lossless.webp", lossless=True)
light = Image.new("LA", (24, 16), (0, 0))
light.paste((230, 255), (8, 4, 16, 12))
light.save(FOLDER + "light.png")
palette = Image.new("P", (24, 16), 0)
palette.putpalette([255, 255, 255, 40, 40, 40])
palette.paste(1, (8, 4, 16, 12))
palette.save(FOLDER + "dark.gif", transparency=0)
colour.convert("CMYK").save(FOLDER + "print.jpg", quality=100)
quarters("F", 0.0, 0.8, 0.5, 0.25).save(FOLDER + "float.tif")
quarters("I;16", 0, 51400, 30840, 15420).save(FOLDER + "grey16.tif")
grey.point(lambda v: 255 * (v > 100)).convert("1").save(FOLDER + "bits.tif", compression="group4")
grey.save(FOLDER + "grey.pgm")
colour.save(FOLDER + "colour.ppm")
grey.point(lambda v: 255 * (v > 100)).convert("1").save(FOLDER + "bits.pbm")
colour.save(FOLDER + "colour.avif")
