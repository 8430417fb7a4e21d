"""Writes src/test/resources/images/* and golden/data/images.json.gz: image files of every format, and what they hold.

Run from the project's root:  python src/test/python/image_golden.py
Needs numpy, pillow and torchvision. Written with Pillow 12.3.0, NumPy 2.4.6 and torchvision 0.28.0.

What PIL reads is its Image.open(...).convert("L" or "RGB"); 16 bits are mapped to 8 over their full range, by NumPy. DICOM
files are written byte by byte as PS3.5 tells, and shown as PS3.3 C.11.2.1.2 tells, by NumPy.
"""

import base64
import gzip
import hashlib
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps
from torchvision.transforms import v2

from data_golden import formula_image

FILES = pathlib.Path("src/test/resources/images")
GOLDEN = pathlib.Path("src/test/resources/golden/data/images.json.gz")
H, W = 23, 37

y, x = np.mgrid[0:H, 0:W]
GREY = np.clip(128 + 90 * np.sin(x / 5) + 30 * np.cos(y / 3), 0, 255).astype(np.uint8)
RGB = np.stack([GREY, np.clip(255 - 6 * x, 0, 255).astype(np.uint8), np.clip(10 * y, 0, 255).astype(np.uint8)], 2)
DEEP = (x * 1700 + y * 113).astype(np.uint16)
cases = []


def case(name, content, pixels, tolerance=0, images=1):
    """pixels: uint8 [H, W] or [H, W, 3]."""
    (FILES / name).write_bytes(content)
    pixels = np.ascontiguousarray(pixels)
    cases.append(
        {"file": name, "height": pixels.shape[0], "width": pixels.shape[1],
         "channels": 1 if pixels.ndim == 2 else 3, "tolerance": tolerance, "images": images,
         "pixels": base64.b64encode(pixels.tobytes()).decode()}
    )


def saved(image, form, **options):
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def pil(name, content, mode, tolerance=0, images=1):
    case(name, content, np.asarray(Image.open(io.BytesIO(content)).convert(mode)), tolerance, images)


def eight(values):
    return np.floor(values / 65535 * 255 + 0.5).astype(np.uint8)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(bits, colour, rows, extra=b""):
    """A PNG of raw rows (without filter bytes)."""
    body = b"".join(b"\0" + row for row in rows)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", W, H, bits, colour, 0, 0, 0)) + extra
            + chunk(b"IDAT", zlib.compress(body)) + chunk(b"IEND", b""))


def wide_gamut():
    """An sRGB profile with red and blue exchanged: whoever applies it sees other colours."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return bytes(profile.replace(b"rXYZ", b"tmpX").replace(b"bXYZ", b"rXYZ").replace(b"tmpX", b"bXYZ"))


def pngs():
    grey, rgb = Image.fromarray(GREY), Image.fromarray(RGB)
    pil("grey.png", saved(grey, "PNG"), "L")
    pil("rgb.png", saved(rgb, "PNG"), "RGB")
    alpha = Image.fromarray(np.dstack([RGB, GREY[::-1]]))
    pil("rgba.png", saved(alpha, "PNG"), "RGB")
    pil("grey-alpha.png", saved(Image.merge("LA", [grey, Image.fromarray(GREY[::-1].copy())]), "PNG"), "L")
    pil("palette.png", saved(rgb.quantize(16), "PNG"), "RGB")
    pil("palette-transparent.png", saved(rgb.quantize(200), "PNG", transparency=3), "RGB")
    pil("bilevel.png", saved(grey.convert("1"), "PNG"), "L")
    two = GREY >> 6
    packed = [np.packbits(np.unpackbits(row[:, None], axis=1)[:, 6:].reshape(-1)).tobytes() for row in two]
    pil("grey-2-bits.png", png(2, 0, packed), "L")
    pil("gamma.png", png(8, 0, [row.tobytes() for row in GREY], chunk(b"gAMA", struct.pack(">I", 100000))), "L")
    pil("profile.png", saved(rgb, "PNG", icc_profile=wide_gamut()), "RGB")
    case("grey-16-bits.png", saved(Image.fromarray(DEEP), "PNG"), eight(DEEP))
    deep = np.stack([DEEP, DEEP[::-1], 65535 - DEEP], 2)
    case("rgb-16-bits.png", png(16, 2, [row.astype(">u2").tobytes() for row in deep]), eight(deep))


def jpegs():
    grey, rgb = Image.fromarray(GREY), Image.fromarray(RGB)
    # libjpeg 6b (the JDK's) and libjpeg-turbo (PIL's) round colours and enlarged chroma by a level or two differently.
    pil("grey.jpg", saved(grey, "JPEG", quality=90), "L", 1)
    pil("rgb-444.jpg", saved(rgb, "JPEG", quality=90, subsampling=0), "RGB", 2)
    pil("rgb-420.jpg", saved(rgb, "JPEG", quality=90, subsampling=2), "RGB", 3)
    pil("progressive.jpg", saved(rgb, "JPEG", quality=90, progressive=True, subsampling=0), "RGB", 2)
    pil("profile.jpg", saved(rgb, "JPEG", quality=90, subsampling=0, icc_profile=wide_gamut()), "RGB", 2)
    pil("plain-rgb.jpg", saved(rgb, "JPEG", quality=90, keep_rgb=True), "RGB", 2)
    exif = Image.Exif()
    exif[274] = 6
    pil("orientation.jpg", saved(rgb, "JPEG", quality=90, subsampling=0, exif=exif), "RGB", 2)
    pil("cmyk.jpg", saved(rgb.convert("CMYK"), "JPEG", quality=95), "RGB", 2)


def tiffs():
    grey, rgb = Image.fromarray(GREY), Image.fromarray(RGB)
    pil("grey.tif", saved(grey, "TIFF"), "L")
    for how in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits"):
        pil(f"rgb-{how.replace('tiff_', '').replace('_', '-')}.tif", saved(rgb, "TIFF", compression=how), "RGB")
    pil("bilevel.tif", saved(grey.convert("1"), "TIFF", compression="group4"), "L")
    pil("palette.tif", saved(rgb.quantize(16), "TIFF"), "RGB", 1)  # of 16 bits; PIL cuts them off, the JDK rounds
    pil("rgba.tif", saved(Image.fromarray(np.dstack([RGB, GREY[::-1]])), "TIFF"), "RGB")
    pil("white-is-zero.tif", tiff(GREY, 8, 0), "L")
    case("grey-16-bits.tif", saved(Image.fromarray(DEEP), "TIFF"), eight(DEEP))
    case("grey-16-bits-big-endian.tif", tiff(DEEP, 16, 1, ">"), eight(DEEP))
    pil("cmyk.tif", saved(rgb.convert("CMYK"), "TIFF"), "RGB", 1)
    pages = [Image.fromarray(GREY[::-1].copy())]
    pil("two-pages.tif", saved(grey, "TIFF", save_all=True, append_images=pages), "L", images=2)


def tiff(values, bits, photometric, order="<"):
    """One strip, nothing compressed."""
    data = values.astype(order + ("u1" if bits == 8 else "u2")).tobytes()
    entries = [(256, 4, W), (257, 4, H), (258, 3, bits), (259, 3, 1), (262, 3, photometric), (273, 4, 8),
               (277, 3, 1), (278, 4, H), (279, 4, len(data))]
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, value in entries:
        padded = struct.pack(order + "HH", value, 0) if kind == 3 else struct.pack(order + "I", value)
        directory += struct.pack(order + "HHI", tag, kind, 1) + padded
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", 8 + len(data)) + data + directory + struct.pack(order + "I", 0)


def bmps_and_gifs():
    grey, rgb = Image.fromarray(GREY), Image.fromarray(RGB)
    pil("grey.bmp", saved(grey, "BMP"), "L")
    pil("rgb.bmp", saved(rgb, "BMP"), "RGB")
    pil("palette.bmp", saved(rgb.quantize(16), "BMP"), "RGB")
    pil("bilevel.bmp", saved(grey.convert("1"), "BMP"), "L")
    pil("palette.gif", saved(rgb.quantize(64), "GIF"), "RGB")
    pil("grey.gif", saved(grey, "GIF"), "L")
    frames = [Image.fromarray(RGB[::-1].copy()).quantize(64), rgb.quantize(16)]
    pil("animated.gif", saved(rgb.quantize(64), "GIF", save_all=True, append_images=frames), "RGB", images=3)


IMPLICIT, EXPLICIT, BIG, JPEG_LOSSLESS = (
    "1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.4.70")


def dicom(elements, pixels, syntax=EXPLICIT):
    """elements: [(group, element, VR, value)], values str or int or [int]; pixels: bytes."""
    order = ">" if syntax == BIG else "<"
    meta = element(2, 0x10, "UI", syntax, "<", True)
    out = b"\0" * 128 + b"DICM" + element(2, 0, "UL", len(meta), "<", True) + meta
    for group, number, vr, value in sorted(elements):
        out += element(group, number, vr, value, order, syntax != IMPLICIT)
    return out + element(0x7FE0, 0x10, "OW", pixels, order, syntax != IMPLICIT)


def element(group, number, vr, value, order, explicit):
    if isinstance(value, bytes):
        data = value
    elif isinstance(value, str):
        data = value.encode()
    else:
        data = b"".join(
            struct.pack(order + ("I" if vr == "UL" else "H"), v) for v in (value if isinstance(value, list) else [value]))
    if len(data) % 2:
        data += b"\0" if vr == "UI" else b" "
    head = struct.pack(order + "HH", group, number)
    if not explicit:
        return head + struct.pack(order + "I", len(data)) + data
    if vr in ("OW", "OB", "SQ"):
        return head + vr.encode() + b"\0\0" + struct.pack(order + "I", len(data)) + data
    return head + vr.encode() + struct.pack(order + "H", len(data)) + data


def header(photometric, allocated, stored=None, signed=0, samples=1, extra=()):
    stored = stored or allocated
    return [(0x28, 2, "US", samples), (0x28, 4, "CS", photometric), (0x28, 0x10, "US", H), (0x28, 0x11, "US", W),
            (0x28, 0x100, "US", allocated), (0x28, 0x101, "US", stored), (0x28, 0x102, "US", stored - 1),
            (0x28, 0x103, "US", signed), *extra]


def window(centre, width):
    return [(0x28, 0x1050, "DS", str(centre)), (0x28, 0x1051, "DS", str(width))]


def rescale(intercept, slope):
    return [(0x28, 0x1052, "DS", str(intercept)), (0x28, 0x1053, "DS", str(slope))]


def linear(values, centre, width):
    """PS3.3 C.11.2.1.2.1, to 0 … 255."""
    part = np.clip((values - (centre - 0.5)) / (width - 1) + 0.5, 0, 1)
    return np.floor(255 * part + 0.5).astype(np.uint8)


def over(values, low, high):
    return np.floor(255 * np.clip((values.astype(float) - low) / (high - low), 0, 1) + 0.5).astype(np.uint8)


def dicoms():
    case("grey.dcm", dicom(header("MONOCHROME2", 8), GREY.tobytes() + b"\0"), GREY)
    case("inverted.dcm", dicom(header("MONOCHROME1", 8), GREY.tobytes() + b"\0"), 255 - GREY)
    twelve = DEEP >> 4
    case("12-bits.dcm", dicom(header("MONOCHROME2", 16, 12), twelve.astype("<u2").tobytes()), over(twelve, 0, 4095))
    case("12-bits-implicit.dcm", dicom(header("MONOCHROME2", 16, 12), twelve.astype("<u2").tobytes(), IMPLICIT),
         over(twelve, 0, 4095))
    case("12-bits-big-endian.dcm", dicom(header("MONOCHROME2", 16, 12), twelve.astype(">u2").tobytes(), BIG),
         over(twelve, 0, 4095))
    case("16-bits.dcm", dicom(header("MONOCHROME2", 16), DEEP.astype("<u2").tobytes()), over(DEEP, 0, 65535))
    case("windowed.dcm", dicom(header("MONOCHROME2", 16, 12, extra=window(1024, 700)), twelve.astype("<u2").tobytes()),
         linear(twelve, 1024, 700))
    case("windowed-inverted.dcm",
         dicom(header("MONOCHROME1", 16, 12, extra=window("1024\\9", "700\\9")), twelve.astype("<u2").tobytes()),
         255 - linear(twelve, 1024, 700))
    exact = [*window(1024, 700), (0x28, 0x1056, "CS", "LINEAR_EXACT")]
    case("linear-exact.dcm", dicom(header("MONOCHROME2", 16, 12, extra=exact), twelve.astype("<u2").tobytes()),
         over(twelve, 674, 1374))
    ct = DEEP.astype(np.int32) // 20 - 900
    units = [*window(40, 400), *rescale(-1024, 1)]
    case("ct-unsigned.dcm", dicom(header("MONOCHROME2", 16, extra=units), (ct + 1024).astype("<u2").tobytes()),
         linear(ct, 40, 400))
    case("ct-signed.dcm", dicom(header("MONOCHROME2", 16, signed=1, extra=window(40, 400)), ct.astype("<i2").tobytes()),
         linear(ct, 40, 400))
    case("ct-signed-rescaled.dcm",
         dicom(header("MONOCHROME2", 16, signed=1, extra=[*window(40, 400), *rescale(-24, 2)]),
               (ct // 2).astype("<i2").tobytes()), linear(ct // 2 * 2 - 24, 40, 400))
    case("slope.dcm",
         dicom(header("MONOCHROME2", 16, 12, extra=[*window(100, 250), *rescale(-7.5, 0.125)]),
               twelve.astype("<u2").tobytes()), linear(twelve * 0.125 - 7.5, 100, 250))
    case("rgb.dcm", dicom(header("RGB", 8, samples=3, extra=[(0x28, 6, "US", 0)]), RGB.tobytes() + b"\0"), RGB)
    planes = np.moveaxis(RGB, 2, 0).tobytes() + b"\0"
    case("rgb-planes.dcm", dicom(header("RGB", 8, samples=3, extra=[(0x28, 6, "US", 1)]), planes), RGB)
    two = dicom(header("MONOCHROME2", 8, extra=[(0x28, 8, "IS", "2")]), GREY.tobytes() + GREY[::-1].tobytes())
    case("two-frames.dcm", two, GREY, images=2)
    table = [np.arange(256, dtype=np.uint16) * 257, np.arange(256, dtype=np.uint16)[::-1] * 257,
             np.full(256, 0x8080, np.uint16)]
    extra = []
    for i, values in enumerate(table):
        extra += [(0x28, 0x1101 + i, "US", [256, 0, 16]), (0x28, 0x1201 + i, "OW", values.astype("<u2").tobytes())]
    case("palette.dcm", dicom(header("PALETTE COLOR", 8, extra=extra), GREY.tobytes() + b"\0"),
         np.stack([t[GREY] >> 8 for t in table], 2).astype(np.uint8))


def broken():
    """Files that must be refused, each for its own reason."""
    rgb = Image.fromarray(RGB)
    files = {
        "text.png": b"patient,age\n1,45\n", "empty.png": b"",
        "short.png": saved(rgb, "PNG")[:-400], "short.jpg": saved(rgb, "JPEG")[:-300],
        "short.gif": saved(rgb.quantize(64), "GIF")[:-400], "short.bmp": saved(rgb, "BMP")[:-500],
        "short.tif": saved(rgb, "TIFF", compression="tiff_lzw")[:-500],
        "short-strips.tif": tiff(DEEP, 16, 1)[: 8 + W * H],
        "short.dcm": dicom(header("MONOCHROME2", 16), DEEP.astype("<u2").tobytes())[:-500],
        "compressed.dcm": dicom(header("MONOCHROME2", 16), b"\0\0", JPEG_LOSSLESS),
        "ybr.dcm": dicom(header("YBR_FULL", 8, samples=3), RGB.tobytes() + b"\0"),
        "float.tif": saved(Image.fromarray(GREY.astype(np.float32)), "TIFF"),
    }
    huge = [(g, e, v, 65535 if (g, e) in ((0x28, 0x10), (0x28, 0x11)) else x) for g, e, v, x in header("MONOCHROME2", 16)]
    files["huge.dcm"] = dicom(huge, b"\0\0")
    bomb = bytearray(saved(rgb, "PNG"))
    bomb[16:24] = struct.pack(">II", 60000, 60000)
    bomb[29:33] = struct.pack(">I", zlib.crc32(bytes(bomb[12:29])))
    files["huge.png"] = bytes(bomb)
    bitmap = bytearray(saved(rgb, "BMP"))
    bitmap[18:26] = struct.pack("<ii", 2**31 - 1, 2**31 - 1)
    files["huge.bmp"] = bytes(bitmap)
    for name, content in files.items():
        (FILES / "broken" / name).write_bytes(content)


def fits():
    """torchvision's Resize(side) and CenterCrop(side), PIL's ImageOps.pad and resize: SHA-256 of the pixels."""
    result = []
    for h, w in [(23, 37), (37, 23), (150, 200), (64, 64), (1, 9), (301, 299), (28, 400)]:
        for side in (28, 32, 225):
            for channels in (1, 3):
                image = Image.fromarray(formula_image(h, w, channels))
                squares = {
                    "stretch": image.resize((side, side), Image.Resampling.BILINEAR),
                    "pad": ImageOps.pad(image, (side, side), Image.Resampling.BILINEAR),
                    "crop": v2.CenterCrop(side)(v2.Resize(side)(image)),
                }
                for fit, square in squares.items():
                    digest = hashlib.sha256(np.ascontiguousarray(square).tobytes()).hexdigest()
                    result.append({"from": [h, w], "side": side, "channels": channels, "fit": fit, "sha256": digest})
    return result


if __name__ == "__main__":
    (FILES / "broken").mkdir(parents=True, exist_ok=True)
    for make in (pngs, jpegs, tiffs, bmps_and_gifs, dicoms, broken):
        make()
    GOLDEN.write_bytes(gzip.compress(json.dumps({"files": cases, "fits": fits()}).encode(), mtime=0))
    print(len(cases), "files,", GOLDEN.stat().st_size, "bytes of golden values")
