#!/usr/bin/env python3
"""Our reading of money, numbers and times beside that of other open recognisers: accuracy, and time as a ratio.

    python3 benches/peers/peers.py [--cases FILE.jsonl …] [--pledgebook target/release/pledgebook] [--limit N] [--sorts money,number,time]

Cases are the phrasings of languages/*/corpus/{money,number,time}.md, or recogniser cases in JSONL (id, lang, kind, text, reference_date,
expected). A case is right when one of the readings says what it asks: amount and currency, number, or day and range of days.
Peers are Python packages; those not installed are skipped aloud. See README.md beside this file."""
import argparse, datetime, importlib, json, pathlib, re, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
LANGUAGES = ["en", "fr", "es", "de", "it", "uk"]
TODAY = "2026-01-15"


def cases_of_corpora(sorts):
    """One case a phrasing: (sort, lang, text, day, wanted)."""
    cases = []
    for lang in LANGUAGES:
        for sort in sorts:
            path = ROOT / "languages" / lang / "corpus" / f"{sort}.md"
            if not path.exists():
                continue
            told = path.read_text(encoding="utf-8").split("## Not this")[0]
            phrases, day = [], TODAY
            for line in told.splitlines():
                if match := re.search(r"today = (\d{4}-\d\d-\d\d)", line):
                    day = match[1]
                if line.startswith("- "):
                    phrases.append(line[2:])
                elif line.startswith("= "):
                    wanted = WANTED[sort](line[2:].strip())
                    cases += [(sort, lang, text, day, wanted) for text in phrases if wanted]
                    phrases = []
    return cases


def money_wanted(line):
    match = re.fullmatch(r"(?:about |up_to |at_least |vague )?([A-Z]{3}) (\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?", line)
    return match and {(match[1], float(figure)) for figure in match.groups()[1:] if figure}


def number_wanted(line):
    match = re.fullmatch(r"(?:about |up_to |at_least )?(-?[\d.]+)%?", line)
    return match and {float(match[1])}


def time_wanted(line):
    match = re.fullmatch(r"(\d{4}-\d\d-\d\d)", line)
    return match and {match[1]}


WANTED = {"money": money_wanted, "number": number_wanted, "time": time_wanted}


def cases_of_files(paths, sorts):
    """The same from JSONL; of times only days, which every peer can give."""
    cases = []
    for path in paths:
        for line in open(path, encoding="utf-8"):
            case = json.loads(line)
            sort = {"datetime": "time"}.get(case["kind"], case["kind"])
            if sort not in sorts:
                continue
            wanted = set()
            for told in case["expected"]:
                if sort == "money" and told.get("amount_major") is not None:
                    currencies = told.get("currency_any") or [told.get("currency")]
                    wanted |= {(currency, float(told["amount_major"])) for currency in currencies}
                elif sort == "number" and told.get("value") is not None:
                    wanted.add(float(told["value"]))
                elif sort == "time":
                    wanted |= {value["value"][:10] for value in told.get("values") or [] if value.get("type") == "date"}
            if wanted:
                cases.append((sort, case["lang"], case["text"], (case.get("reference_date") or TODAY)[:10], wanted))
    return cases


class Ours:
    """`pledgebook mentions`. One run reads the cases; how long one takes is told by a run over many times as many less that one, so
    that neither counts the program's start."""

    name = "pledgebook"

    def __init__(self, program):
        self.program = program

    def read(self, cases):
        def run(times):
            with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
                lines = [
                    json.dumps({"id": str(index), "lang": lang, "text": text, "published": day})
                    for index, (_, lang, text, day, _) in enumerate(cases)
                ]
                file.write("\n".join(lines * times) + "\n")
                file.flush()
                begin = time.perf_counter()
                command = [self.program, "mentions", "--format", "jsonl", "--kind", cases[0][0], file.name]
                out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
                return out, time.perf_counter() - begin

        many = 10_000 // len(cases) + 2
        out, once = run(1)
        seconds = (run(many)[1] - once) / (many - 1)
        readings = {}
        for line in out.splitlines():
            document = json.loads(line)
            readings[int(document["id"])] = [self.reading(mention) for mention in document["mentions"]]
        return [set().union(*readings.get(index, [set()])) for index in range(len(cases))], max(seconds, 1e-6)

    @staticmethod
    def reading(mention):
        bounds = {mention.get("value"), mention.get("min"), mention.get("max")} - {None}
        if mention["kind"] == "money":
            return {(mention["currency"], float(bound)) for bound in bounds}
        if mention["kind"] == "number":
            return {float(bound) for bound in bounds}
        return {mention["date"]} if mention.get("date") else set()


class Peer:
    """A package: `sorts` and `langs` it reads, and how one text is read."""

    def __init__(self, name, module, sorts, langs, read):
        self.name, self.module, self.sorts, self.langs, self.one = name, module, sorts, langs, read

    def read(self, cases):
        package = importlib.import_module(self.module)
        for case in cases[:3]:
            self.safely(package, case)
        begin = time.perf_counter()
        readings = [self.safely(package, case) for case in cases]
        return readings, time.perf_counter() - begin

    def safely(self, package, case):
        try:
            return self.one(package, *case[:4])
        except Exception:
            # A package that fails on a text has not read it.
            return set()


CULTURES = {"en": "en-us", "fr": "fr-fr", "es": "es-es", "de": "de-de", "it": "it-it"}
UNITS = {
    "Dollar": "USD", "United States dollar": "USD", "Euro": "EUR", "British pound": "GBP", "Pound": "GBP", "Japanese yen": "JPY",
    "Swiss franc": "CHF", "Canadian dollar": "CAD", "Australian dollar": "AUD", "Chinese yuan": "CNY", "Indian rupee": "INR",
}


def recognizers(package, sort, lang, text, day):
    culture = CULTURES[lang]
    if sort == "money":
        from recognizers_number_with_unit import recognize_currency

        found = set()
        for result in recognize_currency(text, culture):
            told = result.resolution or {}
            code = told.get("isoCurrency") or UNITS.get(told.get("unit"), told.get("unit"))
            if told.get("value"):
                found.add((code, float(told["value"])))
        return found
    if sort == "number":
        from recognizers_number import recognize_number, recognize_percentage

        results = recognize_number(text, culture) + recognize_percentage(text, culture)
        values = [str(result.resolution["value"]).rstrip("%") for result in results if result.resolution]
        return {float(value) for value in values if value not in ("", "None")}
    from recognizers_date_time import recognize_datetime

    reference = datetime.datetime.fromisoformat(day)
    found = set()
    for result in recognize_datetime(text, culture, reference=reference):
        for value in (result.resolution or {}).get("values", []):
            if value.get("value"):
                found.add(value["value"][:10])
    return found


def quantulum(package, sort, lang, text, day):
    found = set()
    for quantity in package.parser.parse(text):
        code = (quantity.unit.currency_code or quantity.unit.name) if sort == "money" else None
        code = {"dollar": "USD", "euro": "EUR", "pound sterling": "GBP"}.get(code, code)
        found.add((code, float(quantity.value)) if sort == "money" else float(quantity.value))
    return found


def price(package, sort, lang, text, day):
    told = package.Price.fromstring(text)
    code = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₴": "UAH"}.get(told.currency, told.currency)
    return {(code, float(told.amount))} if told.amount is not None else set()


def dateparser(package, sort, lang, text, day):
    from dateparser.search import search_dates

    base = datetime.datetime.fromisoformat(day)
    found = search_dates(text, languages=[lang], settings={"RELATIVE_BASE": base}) or []
    return {moment.date().isoformat() for _, moment in found}


def text2num(package, sort, lang, text, day):
    written = package.alpha2digit(text, lang)
    return {float(figure.replace(",", ".")) for figure in re.findall(r"-?\d+(?:[.,]\d+)?", written)}


def ctparse(package, sort, lang, text, day):
    best = package.ctparse(text, ts=datetime.datetime.fromisoformat(day), timeout=2)
    told = best and best.resolution
    return {f"{told.year:04}-{told.month:02}-{told.day:02}"} if told and getattr(told, "day", None) and told.year else set()


PEERS = [
    Peer("Recognizers-Text", "recognizers_suite", {"money", "number", "time"}, set(CULTURES), recognizers),
    Peer("quantulum3", "quantulum3.parser", {"money", "number"}, {"en"}, lambda p, *case: quantulum(importlib.import_module("quantulum3"), *case)),
    Peer("price-parser", "price_parser", {"money"}, set(LANGUAGES), price),
    Peer("text2num", "text_to_num", {"number"}, {"en", "fr", "es", "de", "it"}, text2num),
    Peer("dateparser", "dateparser", {"time"}, set(LANGUAGES), dateparser),
    Peer("ctparse", "ctparse", {"time"}, {"en", "de"}, ctparse),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", nargs="*", default=[], help="JSONL files of recogniser cases; else the corpora of this repository")
    parser.add_argument("--pledgebook", default=str(ROOT / "target/release/pledgebook"))
    parser.add_argument("--limit", type=int, default=0, help="at most so many cases a sort and language, evenly taken")
    parser.add_argument("--sorts", default="money,number,time")
    arguments = parser.parse_args()
    sorts = arguments.sorts.split(",")
    cases = cases_of_files(arguments.cases, sorts) if arguments.cases else cases_of_corpora(sorts)
    if not pathlib.Path(arguments.pledgebook).exists():
        sys.exit(f"{arguments.pledgebook} is not there: cargo build --release -p pledgebook")
    present = []
    for peer in PEERS:
        try:
            importlib.import_module(peer.module)
            present.append(peer)
        except Exception as error:
            print(f"SKIPPED {peer.name}: {type(error).__name__}: {error}")
    ours = Ours(arguments.pledgebook)
    print(f"{'sort':7} {'lang':4} {'cases':>5}  {'reader':18} {'right':>6} {'ours':>6} {'µs a case':>10} {'times as long':>13}")
    for sort in sorts:
        for lang in LANGUAGES:
            some = [case for case in cases if case[0] == sort and case[1] == lang]
            if arguments.limit and len(some) > arguments.limit:
                some = some[:: len(some) // arguments.limit + 1]
            if not some:
                continue
            told, seconds = ours.read(some)
            share = right(some, told)
            row(sort, lang, some, ours.name, share, share, seconds, seconds)
            for peer in present:
                if sort in peer.sorts and lang in peer.langs:
                    theirs, took = peer.read(some)
                    row(sort, lang, some, peer.name, right(some, theirs), share, took, seconds)


def right(cases, readings):
    def same(wanted, told):
        if isinstance(wanted, tuple) and isinstance(told, tuple):
            return wanted[0] == told[0] and same(wanted[1], told[1])
        if isinstance(wanted, float) and isinstance(told, float):
            return abs(wanted - told) <= 1e-6 * max(1.0, abs(wanted))
        return wanted == told

    hits = sum(any(same(want, told) for want in case[4] for told in reading) for case, reading in zip(cases, readings))
    return hits / len(cases)


def row(sort, lang, cases, name, share, ours, seconds, own):
    each = seconds / len(cases) * 1e6
    print(f"{sort:7} {lang:4} {len(cases):5}  {name:18} {share:6.3f} {ours:6.3f} {each:10.1f} {seconds / own:13.1f}", flush=True)


if __name__ == "__main__":
    main()
