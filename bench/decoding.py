"""How fast images become the squares that encoders see: Osler beside Pillow, in turns, on the same files.

Each side reads every file of a manifest's `image` column, decodes it, cuts out the centre square, resizes it (bilinear,
antialiased) to SIDE and writes it into a file of bytes, with as many threads or processes as there are processors. Prints
the images a second of each turn, the medians, and their ratio.

    mvn -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
    python bench/decoding.py MANIFEST.csv [--side 224] [--turns 5]
"""
import argparse
import csv
import multiprocessing
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy as np
from PIL import Image

PROJECT = pathlib.Path(__file__).resolve().parent.parent
SIDE = 224


def square(path):
    image = Image.open(path).convert("RGB")
    short = min(image.size)
    width, height = (round(each * SIDE / short) for each in image.size)
    image = image.resize((width, height), Image.Resampling.BILINEAR)
    left, top = (width - SIDE) // 2, (height - SIDE) // 2
    return np.asarray(image.crop((left, top, left + SIDE, top + SIDE)))


def put(job):
    target, number, path = job
    np.memmap(target, np.uint8, "r+", offset=number * SIDE * SIDE * 3, shape=(SIDE, SIDE, 3))[:] = square(path)


def pillow(paths, processes):
    with tempfile.NamedTemporaryFile() as target:
        target.truncate(len(paths) * SIDE * SIDE * 3)
        jobs = [(target.name, number, path) for number, path in enumerate(paths)]
        with multiprocessing.Pool(processes) as pool:
            pool.map(put, jobs[:64])  # processes are up
            start = time.perf_counter()
            pool.map(put, jobs, chunksize=64)
            return len(paths) / (time.perf_counter() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("manifest", type=pathlib.Path)
    parser.add_argument("--side", type=int, default=224)
    parser.add_argument("--turns", type=int, default=5)
    args = parser.parse_args()
    global SIDE
    SIDE = args.side
    with open(args.manifest, newline="") as lines:
        paths = [args.manifest.parent / row["image"] for row in csv.DictReader(lines)]
    processes = len(os.sched_getaffinity(0))
    classpath = ":".join(
        [str(PROJECT / "target/test-classes"), str(PROJECT / "target/classes"), (PROJECT / "target/classpath").read_text()]
    )
    java = subprocess.Popen(
        ["java", "-cp", classpath, "org.osler.data.own.DecodingSpeed", str(args.manifest), str(SIDE)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    sides = {"Osler": [], "Pillow": []}
    for turn in range(args.turns + 1):
        print(file=java.stdin, flush=True)
        ours = float(java.stdout.readline())
        theirs = pillow(paths, processes)
        if turn > 0:  # the first warms caches and compilers
            sides["Osler"].append(ours)
            sides["Pillow"].append(theirs)
            print(f"{ours:8.0f} {theirs:8.0f}")
    java.stdin.close()
    ours, theirs = (statistics.median(sides[name]) for name in ("Osler", "Pillow"))
    print(f"{len(paths)} images, {processes} processors: Osler {ours:.0f}, Pillow {theirs:.0f} images/s, {ours / theirs:.2f} x")


if __name__ == "__main__":
    main()
