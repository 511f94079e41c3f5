"""Seeds of the peer fuzzer: peer_seeds.py FOLDER EXAMPLES...

Each example of a message becomes a connection: it comes after the hello of a peer that may send it,
and an example of hello comes alone.
"""
import hashlib
import pathlib
import sys

INSTANCE = "0123456789abcdef0123456789abcde"
TOKEN = "A" * 43
HELLOS = [
    f'{{"type":"hello","versions":[1],"role":"site","site":"ha-giang","token":"{TOKEN}",'
    f'"instance":"{INSTANCE}0"}}',
    f'{{"type":"hello","versions":[1],"role":"relay","token":"{TOKEN}","instance":"{INSTANCE}1"}}',
    f'{{"type":"hello","versions":[1],"role":"operator","instance":"{INSTANCE}2"}}',
    f'{{"type":"hello","versions":[1],"role":"site","site":"ha-giang","token":"{TOKEN}",'
    f'"instance":"{INSTANCE}f"}}',
]

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for file in sys.argv[2:]:
    for line in pathlib.Path(file).read_bytes().split(b"\n"):
        if not line.startswith(b"wire_message\t"):
            continue
        document = line.split(b"\t", 3)[3]
        if b'"hello"' in document:
            seed = document
        else:
            which = HELLOS[int(hashlib.sha1(document).hexdigest(), 16) % len(HELLOS)]
            if b'"site_report"' in document:
                which = HELLOS[0]
            elif b'"relay_report"' in document:
                which = HELLOS[1]
            seed = which.encode() + b"\n" + document
        (folder / hashlib.sha1(seed).hexdigest()).write_bytes(seed)
