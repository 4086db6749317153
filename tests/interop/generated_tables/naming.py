"""Rust names for Dataverse names, without two things of one name."""

# Raw identifiers exist for these (Rust 2024, reserved words included)...
KEYWORDS = set(
    "abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in let "
    "loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized use "
    "virtual where while yield".split()
)
# ... and not for these.
NEVER_RAW = {"self", "super", "crate", "_", ""}

# Fields that the derive refuses, because their setter or const would hide one of the library's. The lists are `DRAFT_METHODS` and `TABLE_CONSTS` in `macros/src/entity/check/columns.rs`.
HIDING = set(
    "assume_idempotent clone if_match is_empty is_idempotent known_answer message_name request request_with response returning "
    "single_column to_json validate with metadata primary_id table".split()
)


def snake(name):
    """Returns the name in snake case, as rustc's lint asks: no capitals, no two underscores together."""
    out = "".join(c if c.isalnum() and c.isascii() else "_" for c in name).lower()
    while "__" in out:
        out = out.replace("__", "_")
    return "_" + out if out[:1].isdigit() else out


def camel(name):
    """Returns the name as that of a type: `Msdyn3dModel` for `msdyn_3d_model`."""
    out = "".join(part[:1].upper() + part[1:] for part in snake(name).split("_"))
    if out[:1].isdigit() or out in ("", "Self"):
        out = "T" + out
    return out


def raw(name):
    return "r#" + name if name in KEYWORDS else name


class Names:
    """Returns each name once."""

    def __init__(self, taken=()):
        self.taken = set(taken)

    def give(self, name):
        wanted, number = name, 2
        while name in self.taken:
            name, number = f"{wanted}{'_' if wanted.islower() else ''}{number}", number + 1
        self.taken.add(name)
        return name


def fields(logical_names):
    """Returns a field for each column: its logical name, or the nearest name that the derive takes."""
    names, out = Names(), {}
    # Names that need no change come first, so they stay as they are.
    for logical in sorted(logical_names, key=lambda each: (snake(each) != each, each)):
        name = snake(logical)
        if name in NEVER_RAW or name in HIDING:
            name = f"{name}_column".lstrip("_")
        out[logical] = names.give(name)
    # `clear_x` is also the method that clears `x`.
    for logical, name in out.items():
        if name.startswith("clear_") and name.removeprefix("clear_") in names.taken:
            out[logical] = names.give(f"{name}_column")
    return {logical: raw(name) for logical, name in out.items()}


def string(text):
    """Returns a Rust string literal."""
    out = []
    for c in text:
        if c in '"\\':
            out.append("\\" + c)
        elif c == "\n":
            out.append("\\n")
        elif c == "\r":
            out.append("\\r")
        elif c == "\t":
            out.append("\\t")
        elif ord(c) < 32 or ord(c) in (0x7F, 0x200E, 0x200F, 0x2028, 0x2029) or 0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069:
            out.append(f"\\u{{{ord(c):x}}}")
        else:
            out.append(c)
    return '"' + "".join(out) + '"'
