#!/usr/bin/env python3
"""Invents the entries of a large disclosure log: invent_entries.py SITE COUNT. Seeded; nothing in them is real."""
import json
import pathlib
import random
import sys

PLACES = "Aldmoor Birkham Carrow Dunley Eastmere Farnby Gatcombe Harsfield Ilmere Jarrow Kelby Linfold Marsham Norwell Oakhurst Penrow Quarley Rushden Selby Thornby".split()
THINGS = ("searches arrests cautions vehicles drones bicycles dogs fireworks licences taxis complaints grievances absences overtime vacancies contractors invoices consultants potholes "
          "bridges streetlights libraries allotments cemeteries playgrounds schools exclusions transport meals nurseries carers fostering adoption homelessness tenancies evictions repairs "
          "asbestos cladding inspections hygiene restaurants pollution noise planning enforcement conservation trees flooding drains recycling landfill parking penalties cameras speeding "
          "collisions ambulances prescriptions vaccinations waiting operations cancellations translators interpreters telephones laptops software breaches passwords audits pensions redundancies").split()
RARE = ["".join(random.Random(i).choice("bcdfglmnprstv") + random.Random(i * 7 + k).choice("aeiou") for k in range(3 + i % 3)) for i in range(6000)]
OUTCOMES = ["given"] * 5 + ["given-in-part"] * 4 + ["withheld", "not-held", "not-searched"]
PROVISIONS = ["FOIA/12(1)", "FOIA/21(1)", "FOIA/22(1)", "FOIA/31(1)(a)", "FOIA/40(2)-40(3A)(a)", "FOIA/43(2)"]


def entry(number, dice):
    place, thing, other = dice.choice(PLACES), dice.choice(THINGS), dice.choice(THINGS)
    year = 2012 + number * 14 // 10_000 if number < 10_000 else 2026
    rare = dice.sample(RARE, 2)
    questions = [f"How many {thing} were recorded in {place} in each month of {year - 1}, by age and by district?",
                 f"How much was spent on {other} by the {rare[0]} unit, and on what date did the {rare[1]} review begin?",
                 f"Please provide the policy on {thing} and {other}, with every version since {year - 3}."]
    return {"reference": f"FOI/{year}/{number:05}", "title": f"{thing.capitalize()} and {other} in {place}", "publisher": "Northmoor Council",
            "publisher_url": "https://northmoor.example/foi/", "licence": "Open Government Licence v3.0", "answered": f"{year}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            "outcome": dice.choice(OUTCOMES), "provisions": dice.sample(PROVISIONS, dice.randint(0, 2)),
            "questions": [{"number": str(i + 1), "text": text, "outcome": "given"} for i, text in enumerate(questions)]}


def main():
    site, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    dice = random.Random(20260101)
    for number in range(count):
        one = entry(number, dice)
        folder = site / "".join(letter.lower() if letter.isalnum() else "-" for letter in one["reference"])
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "entry.json").write_text(json.dumps(one, indent=2) + "\n", encoding="utf-8")
        (folder / "answer.html").write_text("<!DOCTYPE html><html lang=\"en-GB\"><title>Invented</title><p>Invented.\n", encoding="utf-8")


main()
