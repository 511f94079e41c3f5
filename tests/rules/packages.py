"""What the tree uses is what deploy/dependencies installs, by set: a machine that happens to have more hides
nothing. What deploy/demo starts is configured, built and run from the sets build and run alone.

    packages.py ROOT BUILD_FOLDER
"""
import ast
import importlib.util
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT, BUILT = (pathlib.Path(word) for word in sys.argv[1:3])
DPKG = pathlib.Path("/var/lib/dpkg")
SKIPPED = 77
DEMO = ("build", "run")
TESTS, BENCH = (*DEMO, "tests"), (*DEMO, "bench")
# What deploy/demo, and what it starts, is built of and runs.
OF_THE_DEMO = ("deploy/", "coordinator/", "endpoint/", "proto/")
OF_BENCHES = ("tests/bench/", "tests/soak")
ANY_SOURCE = {"node", "nodejs", "npm"}  # deploy/dependencies takes another source's, where it is new enough
OF_A_BENCH_THAT_ASKS = {"janus"}


# ---- what is installed, and by which set ----

def installed():
    """Name → (packages it needs, whether every Debian has it), and name → those that provide it."""
    needs, providers = {}, {}
    for block in (DPKG / "status").read_text(encoding="utf-8").split("\n\n"):
        field = dict(re.findall(r"^([A-Za-z-]+): (.*(?:\n .*)*)", block, re.MULTILINE))
        if not field.get("Status", "").endswith(" installed"):
            continue
        name = field["Package"]
        listed = ", ".join(field[key] for key in ("Depends", "Pre-Depends") if key in field)
        needs[name] = ([[re.match(r"[a-z0-9.+-]+", choice.strip()).group() for choice in group.split("|")]
                        for group in listed.split(",") if group.strip()],
                       field.get("Essential") == "yes" or field.get("Priority") == "required" or name == "apt")
        for provided in [name, *re.findall(r"[a-z0-9][a-z0-9.+-]+(?= \(|,|$)", field.get("Provides", ""))]:
            providers.setdefault(provided, []).append(name)
    return needs, providers


def sets():
    text = (ROOT / "deploy/dependencies").read_text(encoding="utf-8")
    return {name: words.split() for name, words in re.findall(r'^(\w+)="([^"]*)"', text, re.MULTILINE)}


def closure(wanted, needs, providers):
    """What is there once the packages wanted are installed on a minimal Debian: of a choice, the first."""
    found, todo = set(), [*wanted, *(name for name, (_, always) in needs.items() if always)]
    while todo:
        name = todo.pop()
        if name in found or name not in needs:
            continue
        found.add(name)
        for choices in needs[name][0]:
            first = next((choice for choice in choices if choice in providers), None)
            todo += providers.get(first, [])
    return found


def one_name(path):
    """/bin is /usr/bin: files have one name each."""
    return "/usr" + path if re.match(r"/(bin|sbin|lib|lib64)/", path) else path


def owners():
    """File → package."""
    owned = {}
    for listing in (DPKG / "info").glob("*.list"):
        package = listing.stem.split(":")[0]
        for line in listing.read_text(encoding="utf-8").splitlines():
            owned[one_name(line)] = package
    return owned


class Judge:
    """Whether a file is one that some sets install; collects those that are not."""

    def __init__(self):
        needs, providers = installed()
        self.owned, self.needs, self.providers = owners(), needs, providers
        self.named, self.closures, self.wrong = sets(), {}, set()

    def allowed(self, names):
        if names not in self.closures:
            wanted = [package for name in names for package in self.named[name]]
            self.closures[names] = closure(wanted, self.needs, self.providers)
        return self.closures[names]

    def file(self, path, names, who):
        if path.rsplit("/", 1)[-1] in ANY_SOURCE:
            return
        owner = self.owned.get(one_name(path)) or self.owned.get(one_name(os.path.realpath(path)))
        if owner not in self.allowed(names):
            self.wrong.add(f"{who}: {path} is of {owner or 'no package'}, which none of {', '.join(names)} installs")

    def program(self, name, names, who):
        if name in OF_A_BENCH_THAT_ASKS or name in ANY_SOURCE:
            return
        for folder in ("/usr/bin", "/usr/sbin"):
            if os.path.exists(f"{folder}/{name}"):
                self.file(f"{folder}/{name}", names, who)
                return
        self.wrong.add(f"{who}: there is no {name}")


def sets_of(path):
    if path.startswith(OF_THE_DEMO):
        return DEMO
    return BENCH if path.startswith(OF_BENCHES) else TESTS


# ---- what is used ----

def as_scripts_do(folder, *words):
    """Run in the surroundings that every script makes for itself, where tools that do not work come first."""
    for name in ("cmake", "ninja", "cc", "gcc", "pkg-config", "python3", "node", "npm"):
        path = pathlib.Path(folder, name)
        path.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
        path.chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    return subprocess.run(["sh", "-c", '. deploy/environment && exec "$@"', "sh", *words], cwd=ROOT, capture_output=True,
                          text=True, check=False, env={**os.environ, "PATH": path, "PYTHONHOME": folder})


def configured(judge):
    """Everything that configuring for the demo finds outside the tree, from a folder whose name has a space."""
    preset = re.search(r"cmake --preset (\w+)", (ROOT / "deploy/demo").read_text(encoding="utf-8")).group(1)
    with tempfile.TemporaryDirectory() as folder:
        tree, build = pathlib.Path(folder, "điểm cầu"), pathlib.Path(folder, "build")
        tree.symlink_to(ROOT)
        for words in (["cmake", "--preset", preset, "-S", tree, "-B", build],
                      ["cmake", "--build", build, "--target", "endpoint_media"]):
            done = as_scripts_do(folder, *words)
            if done.returncode != 0:
                judge.wrong.add(f"for the demo: {done.stdout[-1500:]}{done.stderr[-1500:]}")
                break
        if not (build / "CMakeCache.txt").exists():
            return
        cache = (build / "CMakeCache.txt").read_text(encoding="utf-8")
        for name, path in re.findall(r"^([\w-]+):(?:FILEPATH|PATH|INTERNAL)=(/(?:usr|opt|bin)/[^;\n]*)$", cache,
                                     re.MULTILINE):
            if os.path.isfile(path):
                judge.file(path, DEMO, f"configuring for the demo, {name}")


def included(judge):
    """Every header that was included when this build was made."""
    told = subprocess.run(["ninja", "-C", BUILT, "-t", "deps"], capture_output=True, text=True, check=True).stdout
    seen, names = set(), DEMO
    for line in told.splitlines():
        if line and line[0] != " ":
            names = DEMO if line.startswith(OF_THE_DEMO) else TESTS
        elif line.startswith("    /usr/"):
            seen.add((os.path.normpath(line.strip()), names))
    if not seen:
        judge.wrong.add(f"{BUILT} was not built")
    for path, names in seen:
        judge.file(path, names, "included")


def is_python(path):
    with path.open(encoding="utf-8", errors="replace") as file:
        return path.suffix == ".py" or file.readline().startswith("#!/usr/bin/python3")


def sources():
    """Path from the root → text, of everything that is run or compiled."""
    kinds = {".py", ".sh", ".c", ".mjs", ""}
    for top in ("deploy", "coordinator", "endpoint", "proto", "system", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in kinds and path.is_file() and not {"corpus", "node_modules"} & set(path.parts):
                yield path.relative_to(ROOT).as_posix(), path


def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module.split(".")[0]


def started(tree):
    """The first word of each literal list that is handed to subprocess."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args and \
                ast.unparse(node.func.value) == "subprocess" and isinstance(node.args[0], ast.List):
            first = node.args[0].elts[0]
            if isinstance(first, ast.Constant):
                yield first.value


def python(judge, name, path, own):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for module in set(imports(tree)) - own - sys.stdlib_module_names:
        spec = importlib.util.find_spec(module)
        if spec is None or not spec.origin:
            if not name.startswith(OF_BENCHES):  # whoever runs them installs the set bench
                judge.wrong.add(f"{name}: there is no module {module}")
        else:
            judge.file(spec.origin, sets_of(name), name)
    for program in started(tree):
        judge.program(program.rsplit("/", 1)[-1], sets_of(name), name)


def used(judge):
    """The modules and programs that scripts and tests name."""
    files = list(sources())
    own = {path.stem for name, path in files} | {path.parent.name for name, path in files}
    for name, path in files:
        if is_python(path):
            python(judge, name, path, own)
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for program in re.findall(r'\bsystem\("([\w.-]+)|"/usr/s?bin/([\w.-]+)"', text):
            judge.program(program[0] or program[1], sets_of(name), name)


def main():
    if not DPKG.is_dir():
        print("not a Debian: nobody knows which package a file is of")
        return SKIPPED
    judge = Judge()
    configured(judge)
    included(judge)
    used(judge)
    for wrong in sorted(judge.wrong):
        print(wrong)
    return 1 if judge.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
