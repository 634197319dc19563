"""What readers ask, made of the articles themselves: the same queries in every run."""

import json
import random
import re
import unicodedata
from pathlib import Path

SEED = 2026
EACH = 20


def make(folder):
    """Some queries of every kind: (kind, options of `timdoc search`, the text among them)."""
    chance = random.Random(SEED)
    lines = [line for file in sorted(Path(folder).glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    queries = []
    for kind, ask in KINDS.items():
        made = 0
        for line in chance.sample(lines, len(lines)):
            options = ask(chance, json.loads(line))
            if options:
                queries.append((kind, options))
                made += 1
                if made == EACH:
                    break
    return queries


def words(text):
    return re.findall(r"\w+", unicodedata.normalize("NFC", text or ""))


def without_marks(text):
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def span(chance, text, fewest, most):
    """Neighbouring words of a text; empty when it has too few."""
    found, length = words(text), chance.randint(fewest, most)
    if len(found) < length:
        return ""
    at = chance.randint(0, len(found) - length)
    return " ".join(found[at : at + length])


def title(chance, article):
    return [" ".join(words(article["title"]))]


def title_without_marks(chance, article):
    return [without_marks(" ".join(words(article["title"])))]


def span_of_the_text(chance, article):
    text = span(chance, article.get("lead") or article["body"], 4, 6)
    return text and [text]


def span_without_marks(chance, article):
    text = span(chance, article.get("lead") or article["body"], 4, 6)
    return text and [without_marks(text)]


def one_or_two_words(chance, article):
    text = span(chance, article["title"], 1, 2)
    return text and [chance.choice([text, without_marks(text)])]


def scattered_words(chance, article):
    found = words(article["body"])
    return len(found) >= 3 and [" ".join(chance.sample(found, 3))]


def phrase(chance, article):
    text = span(chance, article["title"], 3, 4)
    return text and [f'"{text}"']


def alternatives_and_exclusion(chance, article):
    one, other, without = (span(chance, article["body"], 2, 2) for _ in range(3))
    return one and other and without and [chance.choice([f"{one} | {other}", f'{one} -"{without}"'])]


def unfinished_word(chance, article):
    text = span(chance, article["title"], 3, 4)
    return len(text) > 8 and [text[:-2].strip(), "--prefix"]


def mistyped(chance, article):
    text = span(chance, article["title"], 4, 5)
    at = chance.randrange(len(text) - 1) if text else 0
    return text and [text[:at] + text[at + 1] + text[at] + text[at + 2 :]]


def filtered(chance, article):
    fields = [field for field in ("category", "source") if article.get(field)]
    text = span(chance, article["title"], 1, 2)
    return fields and text and [text, "--filter", f"{fields[0]}={article[fields[0]]}"]


def in_a_range_of_dates(chance, article):
    date = re.match(r"(\d{4})-\d\d-\d\d$", article.get("date") or "")
    text = span(chance, article["title"], 1, 2)
    options = date and [["--from", date[0]], ["--to", date[0]], ["--from", f"1/1/{date[1]}", "--to", f"31/12/{date[1]}"]]
    return options and text and [text, *chance.choice(options)]


def nothing_but_an_order(chance, article):
    options = ["", "--sort", chance.choice(["newest", "oldest"])]
    if article.get("source") and chance.random() < 0.7:
        options += ["--filter", f"source={article['source']}"]
    return options


KINDS = {
    ask.__name__.replace("_", " "): ask
    for ask in (
        title, title_without_marks, span_of_the_text, span_without_marks, one_or_two_words, scattered_words, phrase,
        alternatives_and_exclusion, unfinished_word, mistyped, filtered, in_a_range_of_dates, nothing_but_an_order,
    )
}  # fmt: skip
