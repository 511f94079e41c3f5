"""The core keeps nothing and calls nothing: no writable globals, no allocation, clock or output.

    purity.py NM LIBRARY
"""
import subprocess
import sys

HELPERS = {"_GLOBAL_OFFSET_TABLE_", "__assert_fail", "__stack_chk_fail", "memcmp", "memcpy",
           "memmove", "memset", "strchr", "strcmp", "strcpy", "strlen", "strncmp", "strnlen"}
INSTRUMENTS = ("__asan", "__ubsan", "__sanitizer", "__tsan", "__sancov", "__start___", "__stop___",
               "__gcov", "__llvm")


def symbols():
    listed = subprocess.run([sys.argv[1], sys.argv[2]], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        words = line.split()
        if len(words) >= 2:  # else the name of a member of the archive
            yield words[-2], words[-1]


def main():
    found = [(kind, name) for kind, name in symbols() if not name.startswith(INSTRUMENTS)]
    own = {name for kind, name in found if kind in "TtRrVvWw"}
    faults = [f"writable global {name}" for kind, name in found
              if kind in ("B", "b", "D", "d", "C") and ".str" not in name]
    faults += [f"calls {name}" for kind, name in found
               if kind == "U" and name not in own and name.split("@")[0] not in HELPERS]
    print("\n".join(sorted(set(faults))))
    sys.exit(1 if faults else 0)


main()
