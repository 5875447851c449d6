"""Holds the #include lines of core/ and cli/ to the table of who may include whom, and third-party headers to their one place."""
import pathlib
import re
import sys

MAY_INCLUDE = {
    "base": [],
    "yaml": ["base"],
    "model": ["base", "yaml"],
    "rules": ["base", "model"],
    "route": ["base", "rules"],
    "analysis": ["base", "rules", "route"],
    "check": ["base", "yaml", "model", "rules", "route", "analysis"],
    "load": ["base", "yaml", "model"],
    "replay": ["base", "yaml", "rules", "route"],
    "suite": ["base", "yaml", "model", "rules", "route", "analysis", "load"],
    "report": ["base", "rules", "route", "analysis", "check", "replay", "suite"],
    "proxy": ["base", "route"],
}
# header prefix -> files that may include it
HOME = {
    "CLI/": ["cli/command_line.cc"],
    "yaml-cpp/": ["core/yaml/reader.cc"],
    "re2/": ["core/route/regex.cc"],
    "boost/beast": ["core/proxy/http1_codec.cc"],
    "boost/asio": ["core/proxy/net.cc"],
    "zlib.h": ["core/replay/line_source.cc"],
    "openssl/": ["core/proxy/byte_stream.cc", "core/proxy/net.cc", "core/proxy/tls_context.cc", "core/proxy/local_ca.cc",
                 "core/proxy/openssl_types.h", "core/check/certificate.cc"],
}
SOURCES_ONLY = ["nlohmann/"]


def main():
    root = pathlib.Path(sys.argv[1])
    faults = []
    files = sorted([*root.glob("core/**/*.h"), *root.glob("core/**/*.cc"), *root.glob("cli/*.h"), *root.glob("cli/*.cc")])
    folders = {p.name for p in (root / "core").iterdir() if p.is_dir()}
    for path in files:
        relative = path.relative_to(root).as_posix()
        folder = relative.split("/")[1] if relative.startswith("core/") else "cli"
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if not found:
                continue
            header = found.group(1)
            place = f"{relative}:{number}"
            top = header.split("/")[0]
            if top == "cli" and folder != "cli":
                faults.append(f"{place}: nothing includes cli/")
            if top in folders and folder != "cli" and top != folder and top not in MAY_INCLUDE[folder]:
                faults.append(f"{place}: {folder}/ may not include {top}/")
            for prefix, homes in HOME.items():
                if header.startswith(prefix) and relative not in homes:
                    faults.append(f"{place}: {prefix} belongs to {', '.join(homes)}")
            for prefix in SOURCES_ONLY:
                if header.startswith(prefix) and relative.endswith(".h"):
                    faults.append(f"{place}: {prefix} in a header")
    print("\n".join(faults) if faults else f"{len(files)} files keep to the layers")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
