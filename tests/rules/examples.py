"""Each example is judged as its line says: by our codec, and by python3-jsonschema beside it.

    examples.py ROOT PROGRAM WORKDIR

PROGRAM is built from examples.c. The codec may be stricter than the validator where the line has a
"+" and nowhere else; it may never be laxer.
"""
import json
import pathlib
import subprocess
import sys

import jsonschema

ROOT, PROGRAM, WORK = (pathlib.Path(argument) for argument in sys.argv[1:4])
sys.path.insert(0, str(ROOT / "proto"))
from generator.model import HEADER_OF, Model  # noqa: E402 (names of definitions only)


def no_constant(word):
    raise ValueError(f"{word} is not JSON")


def parse(document):
    return json.loads(document.decode("utf-8"), parse_constant=no_constant)


class Judge:
    """python3-jsonschema with the schema files as they are, or as plain JSON Schema has them."""

    def __init__(self):
        written = {file: json.loads((ROOT / f"proto/schema/{file}.json").read_text())
                   for file in HEADER_OF}
        plain = {path.stem: json.loads(path.read_text())
                 for path in (ROOT / "proto/gen/schema").glob("*.json")}
        schemas = written | plain
        for schema in schemas.values():
            jsonschema.Draft202012Validator.check_schema(schema)
        self.store = {schema["$id"]: schema for schema in schemas.values()}
        self.where = {}
        for (file, name), made in Model(written).types.items():
            self.where[made.name] = f"{schemas[file]['$id']}#/$defs/{name}"
        self.validators = {}

    def accepts(self, name, document):
        try:
            value = parse(document)
        except ValueError:
            return False
        if name not in self.validators:
            resolver = jsonschema.RefResolver(self.where[name], {}, store=self.store)
            self.validators[name] = jsonschema.Draft202012Validator(
                {"$ref": self.where[name]}, resolver=resolver)
        return self.validators[name].is_valid(value)


def compare(judge, line, answer):
    """What is wrong with the answer of the codec to a line; None if nothing is."""
    name, verdict, where, document = line.split(b"\t", 3)
    code, path, again = answer.split(b"\t", 2)
    if (code, path) != (verdict.rstrip(b"+"), where):
        return f"the codec says {code.decode()} at {path.decode()}"
    accepted = judge.accepts(name.decode(), document)
    if accepted != (verdict == b"ok" or verdict.endswith(b"+")):
        return f"the validator says {'valid' if accepted else 'invalid'}"
    if code == b"ok" and json.loads(again) != json.loads(document):
        return f"the codec writes {again.decode()}"
    return None


def main():
    systematic = WORK / "examples-all.txt"
    generator = [sys.executable, "-B", ROOT / "proto/gen.py", "--every-fault", systematic]
    subprocess.run(generator, check=True)
    files = [systematic, *sorted((ROOT / "proto/examples").glob("*.txt"))]
    ran = subprocess.run([PROGRAM, *files], stdout=subprocess.PIPE, check=False)
    lines = [line for file in files for line in file.read_bytes().split(b"\n") if line]
    answers = [line for line in ran.stdout.split(b"\n") if line]
    judge = Judge()
    wrong = [(line, fault) for line, answer in zip(lines, answers)
             if (fault := compare(judge, line, answer))]
    for line, fault in wrong[:20]:
        print(f"{line[:300].decode(errors='replace')}\n  -> {fault}")
    print(f"{len(lines)} documents, {len(wrong)} judged otherwise than they say")
    sys.exit(1 if wrong or ran.returncode or len(lines) != len(answers) else 0)


main()
