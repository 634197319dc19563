#!/usr/bin/env python3
"""Writes src/facts/places/gazetteer.tsv from the data of the PyPI package vietnamadminunits (MIT).

usage: gazetteer.py FOLDER > src/facts/places/gazetteer.tsv
FOLDER: the unpacked package's `vietnamadminunits/data`, with `dataset.db` and `converter_2025.json`.

Lines, in two parts; codes of types: T thành phố trực thuộc trung ương, t tỉnh, q quận, h huyện, c thành phố,
x thị xã, p phường, r xã, m thị trấn, k đặc khu.

    # …                          the version
    N<TAB>T Hà Nội<TAB>p Hồng Hà<TAB>r Ứng Thiên…      a province from 1 July 2025 and its communes
    O<TAB>T Hà Nội<TAB>0         a province until then and the number of the province it is in now
    q Ba Đình<TAB>p Phúc Xá:3,5…  its districts, each with its communes and the numbers, among the communes of the
                                 province of now, of those that hold their area
"""
import json
import sqlite3
import sys
import unicodedata

CODES = {"Quận": "q", "Huyện": "h", "Thị xã": "x", "Thành phố": "c", "Phường": "p", "Xã": "r", "Thị trấn": "m",
         "Đặc khu": "k"}


def named(full, top=False):
    full = unicodedata.normalize("NFC", full.strip())
    for kind, code in CODES.items():
        if full.lower().startswith(kind.lower() + " "):
            return ("T" if top else code) + " " + full[len(kind) + 1:]
    assert top and full.startswith("Tỉnh "), full
    return "t " + full[5:]


def main(folder):
    db = sqlite3.connect(folder + "/dataset.db")
    converter = json.load(open(folder + "/converter_2025.json", encoding="utf8"))
    new, order, lines = {}, [], []
    for province, key, ward, ward_key in db.execute("select province, provinceKey, ward, wardKey from admin_units"):
        if key not in new:
            new[key] = (province, {}, [])
            order.append(key)
        # Two communes of one province may fold to one key: the converter knows only the key.
        new[key][1].setdefault(ward_key, []).append(len(new[key][2]))
        new[key][2].append(named(ward))
    for key in order:
        lines.append("\t".join(["N", named(new[key][0], True)] + new[key][2]))
    now_of, becomes = {}, {}
    for now, before in converter["DICT_PROVINCE"].items():
        now_of.update({old: now for old in before})
    for now, communes in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, before in communes.items():
            for old in before:
                becomes.setdefault(old, []).extend(new[now][1].get(commune, []))
    for now, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            # The one that holds most of it comes first.
            for part in sorted(parts, key=lambda p: not p["isDefaultNewWard"]):
                becomes.setdefault(old, []).extend(new[now][1].get(part["newWardKey"], []))
    last = (None, None)
    rows = db.execute("select province, provinceKey, district, districtKey, ward, wardKey from admin_units_legacy "
                      "order by provinceCode, districtCode, wardCode")
    for province, key, district, district_key, ward, ward_key in rows:
        if key != last[0]:
            lines.append("\t".join(["O", named(province, True), str(order.index(now_of[key]))]))
        if (key, district_key) != last:
            lines.append(named(district))
        last = (key, district_key)
        if ward:
            numbers = dict.fromkeys(becomes.get(f"{key}_{district_key}_{ward_key}", []))
            lines[-1] += "\t" + named(ward) + ":" + ",".join(map(str, numbers))
    print("# Units of Vietnam, until 30 June 2025 and since 1 July 2025; from vietnamadminunits 1.0.4 (PyPI, MIT)")
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
