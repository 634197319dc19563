"""Do two libraries of the same articles answer alike?

    compare.py TIMDOC ARTICLES ONE OTHER

Asks both what queries.py makes of the folder ARTICLES. Exact totals, counts of all fields, the articles found and their
order by date (but for articles of one day) must be the same. What segments side by side cannot have quite as one has it,
by what each keeps of its articles, is measured and has a floor or a ceiling:

* The first ten by relevance: a segment rounds the lengths of its articles to eight levels of its own, so that scores
  differ a little, and what is almost equally good changes places.
* How a slip is mended: neighbours tell what was meant. Of pairs of words that one article of a segment has, a segment of
  2,000 articles or more keeps a hash without marks. A pair that two articles have tells its marks if both are in one
  segment, and not if they are in two.
* How far a list goes on, by relevance, to articles that have a part of what was asked, for the same reason.
"""

import collections
import concurrent.futures
import json
import subprocess
import sys

import queries

FIRST = 10
MOST_LISTED = 1000  # timdoc's limit
COUNTS = ("total", "facets", "histogram")

LEAST_SHARED = 0.9  # of the first ten of one, those that are among the first ten of the other
MOST_READ_APART = 0.05  # of all queries


def main():
    timdoc, articles, one, other = sys.argv[1:]
    asked = queries.make(articles)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        pairs = list(pool.map(lambda query: [answer(timdoc, library, query[1]) for library in (one, other)], asked))
    wrong, tally = [], collections.Counter()
    by_kind = collections.defaultdict(list)
    for (kind, options), (a, b) in zip(asked, pairs):
        if a["corrected"] != b["corrected"]:
            tally["read apart"] += 1
            print(f"read apart: {options[0]}: {reading(a)} and {reading(b)}")
            continue
        wrong += [f"{kind}: {options}: {what}" for what in differences(a, b)]
        tally["found nothing"] += not a["first"]
        tally["compared to the last article"] += "ids" in a
        tally["with a total that is only a bound"] += not (a["exact"] and b["exact"])
        tally["with a longer list of parts in one"] += a["listed"] != b["listed"]
        if a["first"] and "--sort" not in options:
            by_kind[kind].append((a["first"], b["first"]))
    print_first_ten(by_kind)
    print(f"{len(asked)} queries: " + ", ".join(f"{count} {what}" for what, count in tally.items()))
    for line in wrong:
        print(f"different: {line}")
    shared = mean(share(a, b) for firsts in by_kind.values() for a, b in firsts)
    if wrong or shared < LEAST_SHARED or tally["read apart"] > MOST_READ_APART * len(asked):
        sys.exit(f"{one} and {other} do not answer alike")


def answer(timdoc, library, options):
    """What is to be compared of an answer."""
    found = search(timdoc, library, options, FIRST)
    kept = {"exact": found["total_exact"], "listed": found["listed"], "corrected": found["corrected"]}
    kept["first"] = [hit["id"] for hit in found["hits"]]
    if found["total_exact"]:
        kept |= {name: found[name] for name in COUNTS}
    if 0 < found["total"] <= MOST_LISTED:
        # By date, or the list would go on to articles that have a part of what was asked.
        by_date = options if "--sort" in options else [*options, "--sort", "newest"]
        hits = search(timdoc, library, by_date, MOST_LISTED)["hits"]
        kept["ids"] = sorted(hit["id"] for hit in hits)
        kept["dates"] = [hit["published"] and hit["published"]["date"] for hit in hits]
    return kept


def search(timdoc, library, options, limit):
    command = [timdoc, "search", library, "--json", "--limit", str(limit), *options[1:], "--", options[0]]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def differences(a, b):
    for name in COUNTS if a["exact"] and b["exact"] else ():
        if a[name] != b[name]:
            yield f"total: {a[name]} and {b[name]}" if name == "total" else name
    if "ids" in a and "ids" in b and a["ids"] != b["ids"]:
        apart = set(a["ids"]) ^ set(b["ids"])
        yield f"{len(apart)} articles only in one of them, among them {sorted(apart)[:3]}"
    elif a.get("dates") != b.get("dates") and "ids" in a and "ids" in b:
        yield "the order by date"


def reading(answer):
    return answer["corrected"]["query"] if answer["corrected"] else "as typed"


def print_first_ten(by_kind):
    print("the first ten by relevance       the same first   in both   the same order")
    everything = [pair for firsts in by_kind.values() for pair in firsts]
    for kind, firsts in [*by_kind.items(), ("all", everything)]:
        same_first = mean(a[0] == b[0] for a, b in firsts if b)
        same_order = mean(a == b for a, b in firsts)
        shared = mean(share(a, b) for a, b in firsts)
        print(f"{kind:30} {same_first:16.0%} {shared:9.1%} {same_order:16.0%}")


def share(a, b):
    return len(set(a) & set(b)) / max(len(a), len(b))


def mean(values):
    values = list(values)
    return sum(values) / len(values) if values else 1.0


if __name__ == "__main__":
    main()
