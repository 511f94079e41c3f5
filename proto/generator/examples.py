"""Example documents for each definition: a few for readers, every systematic fault for tests.

One line is one document: type, verdict, where, document, between tabs. The verdict is "ok" or the
code that the codec refuses with, `where` the JSON Pointer it names. A verdict with a "+" is one
where the codec is stricter than a JSON Schema validator, which accepts the document (or cannot
see the difference); codec.h lists these points. proto/examples/hostile_strings.txt is written by hand.
"""
import json
import re

from generator.model import SchemaError

FULL_BYTES_MAX = 60000  # longer arrays are tested by one element more than fits, not here
PROBES = "azAZ059~!/:;<=>@[]^_`{}-.+%, é\u0661\u212a"  # ends of ranges, and what looks right
CLEF = "\U0001d11e"  # four bytes in UTF-8, one code point

# A readable value for each string that has a pattern, and for some that have none.
SAMPLES = {
    "site_id": "ha-giang", "item_id": "thao-luan", "list_id": "phat-bieu", "turn_id": "t-12",
    "meeting_id": "2022-07-15-mau", "account_name": "dieu-hanh", "command_id": "c1-77",
    "instance_id": "0123456789abcdef0123456789abcdef",
    "journal_hash": "5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f",
    "credential_mark": "0123456789abcdef" * 2,
    "display_id": "0123abcd",
    "token": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "media_key": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
    "media_address": "192.0.2.1:5004", "short_code": "HGI", "document_id": "bao-cao", "act_id": "khen-1", "check_id": "nguon-dien", "delegate_category": "Lãnh đạo sở, ngành", "task_id": "giay-moi",
    "vote_id": "chuong-trinh", "digest": "0f" * 32,
    "handout_id": "tai-lieu", "content_digest": "0f" * 32,
    "plan_date": "2022-07-15", "plan_clock": "07:30",
    "name": "Hà Giang", "unit": "Sở Nông nghiệp", "title_line": "Hội nghị trực tuyến",
    "award": "Giấy khen", "giver": "UBND tỉnh",
    "topic": "Phòng chống thiên tai", "region": "Đông Bắc", "note": "đã gọi điện",
    "message_text": "Đề nghị kiểm tra micro", "film_name": "phóng sự.mp4", "network_address": "192.0.2.7",
}


def sample_string(made):
    if made.name in SAMPLES:
        return SAMPLES[made.name]
    if made.check:
        raise SchemaError(f"proto/generator/examples.py: SAMPLES needs a {made.name}")
    return ("Văn bản mẫu " * (made.low // 12 + 1))[:max(made.low, min(made.high, 11))]


def sample(made, full, arm=None):
    """A valid value: the least there can be, or with everything that is optional."""
    if made.kind == "string":
        return sample_string(made)
    if made.kind == "integer":
        return min(max(made.low, 42), made.high)
    if made.kind == "boolean":
        return full
    if made.kind in ("enum", "const"):
        return made.words[-1 if full else 0]
    if made.kind == "array":
        return [sample(made.element, full) for _ in range(max(made.low, int(full)))]
    if made.kind == "variant":
        return sample(arm or made.arms[0][1], full)
    value, choice = {}, None
    for field in made.fields:
        if field.type.kind == "choice":
            word, body = choice = arm or field.type.arms[0]
            value[field.beside], value[field.name] = word, sample(body, full)
        elif full or not field.optional:
            value[field.name] = sample(field.type, full)
    return value


def pattern_probes(made):
    """The sample with one character put in anywhere, judged by the pattern itself."""
    whole = sample_string(made)
    for at in range(len(whole) + 1):
        for probe in PROBES:
            for spoilt in (whole[:at] + probe + whole[at + 1:], whole[:at] + probe + whole[at:]):
                if made.low <= len(spoilt) <= made.high:
                    fits = re.fullmatch(made.pattern, spoilt)
                    yield bool(fits), spoilt


def string_faults(made):
    for wrong in (7, None, [], True):
        yield "wrong_type", "", wrong
    yield "wrong_length", "", "a" * (made.high + 1)
    if made.low > 0:
        yield "wrong_length", "", ""
    if made.check:
        yield "wrong_form", "", "é" * max(made.low, 1)
        yield "wrong_form", "", " " * max(made.low, 1)
    else:
        yield "ok", "", CLEF * made.high
        yield "wrong_length", "", CLEF * (made.high + 1)


def integer_faults(made):
    for wrong in ("7", None, 0.5, False, {}):
        yield "wrong_type", "", wrong
    yield "wrong_type+", "", float(made.low)
    for end, beyond in ((made.low, made.low - 1), (made.high, made.high + 1)):
        yield "ok", "", end
        yield "out_of_range", "", beyond


def word_faults(made):
    yield "wrong_type", "", 1
    yield "unknown_word", "", made.words[0].upper()
    yield "unknown_word", "", ""


def array_faults(made):
    yield "wrong_type", "", {}
    one = sample(made.element, False)
    if made.low > 0:
        yield "wrong_count", "", [one] * (made.low - 1)
    if len(json.dumps(one)) * made.high < FULL_BYTES_MAX:
        yield "ok", "", [one] * made.high
        yield "wrong_count", "", [one] * (made.high + 1)
    for verdict, where, wrong in faults(made.element, one):
        yield verdict, f"/{max(made.low, 1)}{where}", [one] * max(made.low, 1) + [wrong]


def struct_faults(made, value):
    yield "wrong_type", "", []
    yield "unknown", "/no_such_member", value | {"no_such_member": 1}
    for field in made.fields:
        kind = field.type.kind
        without = {k: v for k, v in value.items() if k != field.name}
        if field.name in value:
            yield ("ok", "", without) if field.optional else ("missing", f"/{field.name}", without)
        if kind == "choice":
            body = dict(field.type.arms)[value[field.beside]]
            members = struct_faults(body, value[field.name])
        else:
            members = faults(field.type, value.get(field.name, sample(field.type, False)))
        for verdict, where, wrong in members:
            path = "" if verdict == "ok" else f"/{field.name}{where}"
            yield verdict, path, value | {field.name: wrong}


def faults(made, value):
    """(verdict, where, value) for each way to spoil the value, or to go to a limit."""
    if made.kind == "string":
        return string_faults(made)
    if made.kind == "integer":
        return integer_faults(made)
    if made.kind == "boolean":
        return iter([("wrong_type", "", 1), ("wrong_type", "", "true"), ("wrong_type", "", None)])
    if made.kind in ("enum", "const"):
        return word_faults(made)
    if made.kind == "array":
        return array_faults(made)
    return struct_faults(made, value)


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def line(made, verdict, where, value):
    return "\t".join((made.name, verdict, where, value if isinstance(value, str) else text(value)))


def variants(made):
    """A type with each of its arms."""
    if made.kind == "variant":
        return [arm for _, arm in made.arms]
    if made.fields and made.fields[-1].type.kind == "choice":
        return made.fields[-1].type.arms
    return [None]


def every_line(made):
    value = sample(made, True)
    yield line(made, "ok", "", sample(made, False))
    yield line(made, "ok", "", value)
    for fault in struct_faults(made, value):
        yield line(made, *fault)
    member, known = next(iter(value.items()), ("a", 1))
    twice = f'{{"{member}":{text(known)},{text(value)[1:]}' if value else '{"a":1,"a":1}'
    yield line(made, "not_json+" if value else "not_json", "", twice)


def pattern_lines(made, model):
    """Probes of one pattern, in the first struct that has a member of that type."""
    owner, field = next((owner, field) for owner in model.order for field in owner.fields
                        if made in (field.type, field.type.element))
    value, listed = sample(owner, True), field.type is not made
    path = f"/{field.name}/0" if listed else f"/{field.name}"
    for fits, spoilt in pattern_probes(made):
        wrong = value | {field.name: [spoilt] if listed else spoilt}
        yield line(owner, "ok" if fits else "wrong_form", "" if fits else path, text(wrong))


def all_lines(model):
    """Structs with arms are sampled only: each of their arms is a type of its own."""
    for made in model.order:
        if made.kind == "struct" and variants(made) == [None]:
            yield from every_line(made)
        elif made.kind in ("struct", "variant"):
            yield from few_lines(made)
        elif made.pattern:
            yield from pattern_lines(made, model)


def few_lines(made):
    """What a reader wants to see of a type: least, most, and the commonest faults."""
    for arm in variants(made):
        body = arm if made.kind == "variant" else made
        least, most = sample(made, False, arm), sample(made, True, arm)
        yield line(made, "ok", "", least)
        if most != least:
            yield line(made, "ok", "", most)
        seen = set()
        for verdict, where, wrong in struct_faults(body, least):
            short = len(text(wrong)) < len(text(least)) + 400
            if verdict != "ok" and verdict not in seen and short:
                seen.add(verdict)
                yield line(made, verdict, where, text(wrong))


def outputs(model):
    """The committed examples by file name: what travels, and what stands on disk."""
    roots = [made for made in model.order if made.name in ("command", "event", "wire_message")
             or made.kind == "struct" and made.file not in ("types", "commands", "events", "wire")]
    return {f"proto/examples/{made.name}.txt": "\n".join([*few_lines(made), ""])
            for made in roots}
