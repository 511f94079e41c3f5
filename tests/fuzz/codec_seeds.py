"""Seeds of the codec fuzzer: codec_seeds.py FOLDER EXAMPLES...; each line becomes a file."""
import hashlib
import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for file in sys.argv[2:]:
    for line in pathlib.Path(file).read_bytes().split(b"\n"):
        if line:
            name, _, _, document = line.split(b"\t", 3)
            seed = name + b"\n" + document
            (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
