"""Small cases, put together from parts: each shows one kind of letter. Everything in them is invented."""
import pathlib
import random

GIVEN = pathlib.Path(__file__).resolve().parent / "given"

HEAD = '''[request]
reference = "FOI-2024-7"
received = 2024-03-01
subject = "Operation Birch"
text_file = "request.txt"
answered_by = "A. Officer"
{request}
[authority]
name = "Small Town Police"
address = "1 Small Street, Small Town"
review_address = "reviews@small.example"
part = "other"
{authority}
'''

HOLDING = '''
[[holding]]
id = "custody"
label = "custody records"
kind = "records"
file = "records.csv"
person_column = "person"
extracted_on = 2024-03-04

[[variable]]
name = "month"
label = "Month"
role = "identifying"
months = {{ first = "2023-01", last = "2023-06" }}

  [[variable.reading]]
  holding = "custody"
  column = "date"

[[variable]]
name = "age"
label = "Age"
role = "identifying"
ages = {{ starts = [18, 30] }}

  [[variable.reading]]
  holding = "custody"
  column = "age"

[[population]]
id = "arrests"
label = "arrests"
variables = ["month", "age"]
data_class = "{data_class}"
'''

STATISTICS = '''
[[question]]
number = "{number}"
asks_for = "statistics"
text = "{text}"
population = "arrests"
counted = "arrested"
holding = "custody"
by = {by}
{more}'''

PERSONAL = '''
[[finding]]
kind = "identifiability"
population = "People arrested in one street."
means = "What neighbours see, what newspapers write, social media, and earlier answers."
text = "Neighbours know who was arrested in a given month."
by = "B. Reviewer"
on = 2024-03-05

[personal_information]
route = "The operation works in one street. Neighbours know who was arrested in a given month and would learn the rest from finer figures."
{test}
by = "B. Reviewer"
on = 2024-03-05
'''
CONSENT = 'consent_or_public = "Nobody has consented, and nobody has made it public themselves."'
THREE_STEPS = '''legitimate_interest = "The public has an interest in how the operation is used."
necessity = "The figures that are given serve it; finer ones would add little."
balance = "People who were met would not expect to be recognised in figures, and it would harm them."'''
CHILDREN = '''
[[finding]]
kind = "children"
text = "Section 38 was considered and nothing rests on it."
by = "B. Reviewer"
on = 2024-03-05
'''


def decision(outcome, reason, **keys):
    lines = [f'  outcome = "{outcome}"', '  by = "B. Reviewer"', '  on = 2024-03-05', f'  reason = "{reason}"']
    lines += [f"  {key} = {value}" for key, value in keys.items()]
    return "\n  [question.decision]\n" + "\n".join(lines) + "\n"


def question(number, kind, text, more=""):
    return f'\n[[question]]\nnumber = "{number}"\nasks_for = "{kind}"\ntext = "{text}"\n{more}'


def records(arrests=140, people=90, seed=4):
    dice = random.Random(seed)
    rows = ["date,person,age"]
    for _ in range(arrests):
        person = dice.randrange(people)
        rows.append(f"2023-{dice.randint(1, 6):02d}-{dice.randint(1, 28):02d},P{person},{18 + person % 44}")
    return "\n".join(rows) + "\n"


def files(text, *parts, request="", authority="", **more):
    case = HEAD.format(request=request, authority=authority) + "".join(parts)
    return {"case.toml": case, "request.txt": text, "requester.toml": 'name = "Jo Doe"\naddress = "jo@mail.example"\n', "records.csv": records(), **more}


ASKED = "How many people were arrested under Operation Birch, by month and age?"
WHO = "Who decides when Operation Birch runs?"
PLAN = "Please send the plan of Operation Birch."


def all_given():
    total = "How many arrests were made under Operation Birch in all?"
    return files(f"1. {total}\n2. {WHO}\n", HOLDING.format(data_class="criminal-offence"), STATISTICS.format(number="1", text=total, by="[]", more=""),
                 question("2", "explanation", WHO, 'explanation = "The area commander decides, each month."\n'))


def all_withheld():
    withheld = decision("withheld", "The plan says when and where officers will be.", provisions='["FOIA/31(1)(a)"]', public_interest='"Openness about the use of officers is weighed against crime '
                        'that could be moved out of their way; the latter weighs more while the operation runs."', interest='"The prevention of crime in the street where the operation works."',
                        causal_link='"Whoever knows the times and places can wait until officers have gone."', likelihood='"would be likely to"')
    privileged = decision("withheld", "It is advice that a lawyer gave on the operation.", provisions='["FOIA/42(1)"]', public_interest='"Candid advice needs confidence; no fact here outweighs that."')
    advice = "Please send the legal advice on Operation Birch."
    return files(f"1. {PLAN}\n2. {advice}\n", question("1", "document", PLAN, 'document = "plan of Operation Birch"\n' + withheld),
                 question("2", "document", advice, 'document = "legal advice"\n' + privileged))


def nothing_held():
    reason = "We looked in the case system and in the store of the operation; nothing of this kind was ever recorded."
    return files(f"1. {PLAN}\n2. {WHO}\n", question("1", "document", PLAN, decision("not-held", reason)),
                 question("2", "explanation", WHO, decision("not-held", "Nobody writes down who decides.")))


def over_the_limit():
    notes = "How many times did officers speak to somebody, by street?"
    held = decision("not-searched", "Notebooks are filed by officer; each would have to be read.", provisions='["FOIA/12(1)"]', held="true")

    def line(period, hours):
        return (f'\n[[cost]]\nquestion = "1"\nactivity = "extracting"\nhours = {hours}\nmethod = "notebooks read by hand"\nmeasured_by = "K. Analyst"\n'
                f'measured_on = 2024-03-05\nsample = 10\nperiod = "{period}"\n')
    ledger = line("the first half of the period", 12) + line("the second half of the period", 9) + '''
[[cost]]
question = "1"
activity = "redaction"
hours = 4
method = "covering names"
measured_by = "K. Analyst"

[[finding]]
kind = "cost-estimate"
text = "The estimate is accepted."
by = "B. Reviewer"
on = 2024-03-05
'''
    return files(f"1. {notes}\n", question("1", "statistics", notes, held), ledger, request='advice = "Notebooks of one half of the period could be read within the limit."')


def draft_document():
    held = '''document = "impact assessment of Operation Birch"

  [[question.held]]
  title = "Impact assessment of Operation Birch"
  version = "second draft"
  status = "draft"
  last_changed = 2024-02-20
'''
    text = "Please send the impact assessment of Operation Birch."
    outcome = decision("intended-for-publication", "What will be published is the text that is held.", provisions='["FOIA/22(1)"]', intended_since="2024-01-15", publication_date="2024-05-31",
                       public_interest='"The text will be out within weeks, checked; an unchecked copy now would add little."')
    return files(f"1. {text}\n", question("1", "document", text, held + outcome))


def offence_data():
    return files(f"1. {ASKED}\n", HOLDING.format(data_class="criminal-offence"), STATISTICS.format(number="1", text=ASKED, by='["month", "age"]', more=""), CHILDREN, PERSONAL.format(test=CONSENT))


def units_shown(units=240, minutes=5):
    """A month over the cost limit, whose estimate names its units in the letter."""
    leave_out = "Leave out what would have to be read by hand."
    coverage = '\n  [[question.coverage]]\n  status = "over-cost-limit"\n  first = "2023-01"\n  last = "2023-01"\n  reason = "Arrests of that month are on paper."\n'
    cost = f'''
[[finding]]
kind = "cost-estimate"
question = "1"
text = "The estimate is accepted."
by = "B. Reviewer"
on = 2024-03-05

[[cost]]
question = "1"
activity = "retrieving"
units = {units}
unit = "paper files"
minutes = {minutes}
sample = 2
measured_on = 2024-03-05
method = "files taken from the store"
measured_by = "K. Analyst"
shows_units = true
'''
    return files(f"1. {ASKED}\n{leave_out}\n", HOLDING.format(data_class="criminal-offence"), STATISTICS.format(number="1", text=ASKED, by='["month", "age"]', more=coverage), CHILDREN,
                 PERSONAL.format(test=CONSENT), cost, request=f'cost_scope_quote = "{leave_out}"\nadvice = "One week of that month could be read within the limit."')


def ordinary_data():
    return files(f"1. {ASKED}\n", HOLDING.format(data_class="ordinary"), STATISTICS.format(number="1", text=ASKED, by='["month", "age"]', more=""), CHILDREN, PERSONAL.format(test=THREE_STEPS))


def extension():
    pending = decision("decision-pending", "The plan says when and where officers will be.", provisions='["FOIA/31(1)(a)"]', expected_on="2024-04-24",
                       interest='"The prevention of crime in the street where the operation works."', causal_link='"Whoever knows the times and places can wait until officers have gone."',
                       likelihood='"would be likely to"')
    return files(f"1. {PLAN}\n2. {WHO}\n", question("1", "document", PLAN, 'document = "plan of Operation Birch"\n' + pending),
                 question("2", "explanation", WHO, 'explanation = "The area commander decides, each month."\n'))


def review():
    case = draft_document()
    case["case.toml"] += '''
[clock]
review_asked = 2024-03-11

[review]
outcome = "partly-upheld"
reason = "Section 22 was rightly relied on for the text. The annex was finished before, and nothing stands against sending it."
changes = "The annex comes with this letter."
by = "C. Superintendent"
on = 2024-03-15
'''
    return case


def no_route():
    """National figures with no geography: a named person found no route to anybody, and the policy rests on that finding."""
    text = "How many people in the country had the rare procedure, by year and age?"
    rows = ["date,person,age"] + [f"{year}-03-01,P{year}{i},{age}" for year, ages in ((2021, (19, 41, 44)), (2022, (25, 26, 50, 61)), (2023, (33,))) for i, age in enumerate(ages)]
    holding = HOLDING.format(data_class="special-category").replace('{ first = "2023-01", last = "2023-06" }', '{ first = "2021-01", last = "2023-12" }')
    finding = '''
[policy]
file = "policy.toml"

[[finding]]
kind = "no-route"
id = "national-figures"
population = "Everybody in the country."
means = "Newspapers, social media, registers that are open to anybody, and what relatives and colleagues know."
text = "Nothing of these leads from a year and a band of ages in a whole country to a person; who knows that somebody had the procedure learns nothing new."
by = "B. Reviewer"
on = 2024-03-05
'''
    policy = '''name = "National figures without geography"
version = "1"
minimum_frequency = 1
p_percent = 10
group_disclosure = false
zeros = "always-shown"
people_unknown = "accepted-with-mark"
most_plans = 1000
rests_on_finding = "national-figures"

[[intruder]]
name = "the public"
kind = "public"
'''
    holding = holding.replace('label = "arrests"', 'label = "procedures"')
    asked = STATISTICS.format(number="1", text=text, by='["month at year", "age"]', more="").replace('counted = "arrested"', 'counted = "procedures carried out"')
    return files(f"1. {text}\n", holding, asked, CHILDREN, finding, **{"records.csv": "\n".join(rows) + "\n", "policy.toml": policy})


SCOTLAND = 'regime = "FOISA"'
ENVIRONMENT = 'regime = "EIR"'
CRIME = {"interest": '"The prevention of crime in the street where the operation works."', "causal_link": '"Whoever knows the times and places can wait until officers have gone."'}
MINUTES = "Please send the minutes of the operation's meetings."


def scotland():
    """Under the Scottish Act: withheld, given less finely, not held, and publication within twelve weeks."""
    report = "Please send the yearly report on Operation Birch."
    withheld = decision("withheld", "The plan says when and where officers will be.", provisions='["FOISA/35(1)(a)"]', likelihood='"would be likely to"', **CRIME,
                        public_interest='"Openness about the use of officers weighs less, while the operation runs, than crime that could be moved out of their way."')
    future = decision("intended-for-publication", "What will be published is the text that is held.", provisions='["FOISA/27(1)"]', intended_since="2024-01-15", publication_date="2024-05-10",
                      public_interest='"The report will be out within weeks, checked; an unchecked copy now would add little."')
    return files(f"1. {ASKED}\n2. {PLAN}\n3. {MINUTES}\n4. {report}\n", HOLDING.format(data_class="criminal-offence"), STATISTICS.format(number="1", text=ASKED, by='["month", "age"]', more=""),
                 question("2", "document", PLAN, 'document = "plan of Operation Birch"\n' + withheld), question("3", "document", MINUTES, decision("not-held", "Nobody takes minutes at these meetings.")),
                 question("4", "document", report, 'document = "yearly report"\n\n  [[question.held]]\n  title = "Yearly report"\n  version = "second draft"\n  status = "draft"\n' + future), CHILDREN, PERSONAL.format(test=CONSENT), authority=SCOTLAND)


def scotland_over_the_limit():
    """What the time costs counts, up to 15 pounds an hour; to find out whether it is held does not count."""
    case = over_the_limit()
    text = case["case.toml"].replace("FOIA/12(1)", "FOISA/12(1)").replace("review_address", SCOTLAND + "\nreview_address")
    text = text.replace('activity = "extracting"\nhours = 12\n', 'activity = "extracting"\nhours = 30\npounds_an_hour = 12.5\n')
    text = text.replace('activity = "extracting"\nhours = 9\n', 'activity = "extracting"\nhours = 20\npounds_an_hour = 18\n')
    return dict(case, **{"case.toml": text})


def scotland_neither():
    """Nothing says whether the information exists; what would apply is named."""
    named = "Please send every report about 4 Mill Lane."
    neither = decision("neither-confirmed-nor-denied", "To say whether there are reports about one house would tell those who live there whether they are watched.",
                       provisions='["FOISA/18(1)", "FOISA/35(1)(a)"]', public_interest='"Nobody outside the house gains by knowing; the operation would lose its use."')
    return files(f"1. {named}\n2. {WHO}\n", question("1", "document", named, neither), question("2", "explanation", WHO, 'explanation = "The area commander decides, each month."\n'), authority=SCOTLAND)


def scotland_review():
    case = scotland()
    case["case.toml"] += '''
[clock]
review_asked = 2024-03-11

[review]
outcome = "upheld"
reason = "The plan would still tell when officers are there."
by = "C. Superintendent"
on = 2024-03-15
'''
    return case


def environment():
    """Under the Regulations of 2004: an exception, unfinished material, a manifestly unreasonable request, personal data, and nothing held."""
    asked = "How many people complained about noise, by month and age?"
    advice, draft, notes = "Please send the legal advice on the noise abatement notice.", "Please send the noise survey.", "Please send every note that anybody made about noise since 2001."
    withheld = decision("withheld", "It is advice that a lawyer gave on a notice that is before the court.", provisions='["EIR/12(5)(b)"]', likelihood='"would"',
                        interest='"The course of justice in the appeal against the notice."', causal_link='"The other side would see the weak points before the hearing."',
                        public_interest='"The notice and its reasons are public; the advice on it adds less than a fair hearing loses."')
    unfinished = decision("withheld", "The survey is still being measured; a third of the streets is missing.", provisions='["EIR/12(4)(d)"]', publication_date="2024-06-28",
                          public_interest='"Half a survey would mislead about the streets that are missing; the whole is out in summer."')
    unreasonable = decision("withheld", "The notes of twenty-three years are in the notebooks of some hundred officers; each would have to be read.", provisions='["EIR/12(4)(b)"]',
                            public_interest='"The complaints themselves are counted above; what the notes add does not outweigh months of work."')
    return files(f"1. {asked}\n2. {advice}\n3. {draft}\n4. {notes}\n5. {PLAN}\n", HOLDING.format(data_class="ordinary").replace('label = "arrests"', 'label = "complaints about noise"'),
                 STATISTICS.format(number="1", text=asked, by='["month", "age"]', more="").replace('counted = "arrested"', 'counted = "complained"'),
                 question("2", "document", advice, 'document = "legal advice"\n' + withheld), question("3", "document", draft, 'document = "noise survey"\n' + unfinished),
                 question("4", "document", notes, 'document = "notes"\n' + unreasonable), question("5", "document", PLAN, decision("not-held", "We looked in both offices; there is no such plan.")),
                 CHILDREN, PERSONAL.format(test=THREE_STEPS), authority=ENVIRONMENT)


def environment_neither():
    named = "Please send the plans of the water works that are guarded."
    neither = decision("neither-confirmed-nor-denied", "To say which works have such plans would say which are guarded.", provisions='["EIR/12(6)", "EIR/12(5)(a)"]',
                       public_interest='"That water is safe is published; where it is guarded helps nobody but those who would harm it."')
    return files(f"1. {named}\n2. {WHO}\n", question("1", "document", named, neither), question("2", "explanation", WHO, 'explanation = "The area commander decides, each month."\n'), authority=ENVIRONMENT)


def given_document():
    """A document that goes out with the letter."""
    held = '''document = "plan of Operation Birch"

  [[question.held]]
  title = "Plan of Operation Birch"
  version = "1.2"
  status = "final"
  file = "plan.csv"
  last_changed = 2024-01-10
'''
    return files(f"1. {PLAN}\n", question("1", "document", PLAN, held), **{"plan.csv": "week,streets\n1,North Road\n2,South Road\n"})


def form_asked():
    """A form that is asked for and cannot be had, and why."""
    text = "How many arrests were made under Operation Birch in all?"
    case = all_given()
    asked = "Please send me the figures as a hard copy in large print."
    return dict(case, **{"request.txt": f"1. {text}\n2. {WHO}\n{asked}\n", "case.toml": case["case.toml"].replace(
        'answered_by = "A. Officer"', f'answered_by = "A. Officer"\nform_asked = "{asked}"\nform_because = "We have no printer for large print; the page that comes with this letter can be enlarged without loss, and we will read it to you."')})


def wording():
    """The authority's own sentences, crest and signature."""
    coverage = '\n  [[question.coverage]]\n  status = "did-not-run"\n  first = "2023-02"\n  last = "2023-02"\n  reason = "The operation did not run in that month."\n'
    sentences = '''opening = "Thank you for writing to Small Town Police."
closing = "Yours faithfully,"
contact = "Write to foi@small.example or ring our front desk."
footer = "Small Town Police, for a small town."

[crest]
file = "crest.jpg"
text = "Crest of Small Town Police"

[signature]
file = "signature.jpg"
decorative = true
'''
    rows = "\n".join(line for line in records().split("\n") if not line.startswith("2023-02")) + ""
    return files(f"1. {ASKED}\n", HOLDING.format(data_class="criminal-offence"), STATISTICS.format(number="1", text=ASKED, by='["month", "age"]', more=coverage), CHILDREN, PERSONAL.format(test=CONSENT),
                 authority='wording_file = "wording.toml"', **{"wording.toml": sentences, "records.csv": rows, "crest.jpg": (GIVEN / "crest.jpg").read_bytes(), "signature.jpg": (GIVEN / "signature.jpg").read_bytes()})


def acknowledgement():
    return all_given()


def clarification():
    case = all_given()
    case["case.toml"] += '''
[clarification]
details = ["Do you mean arrests made by the operation's own officers, or every arrest in its streets?", "Which months do you want?"]
by = "A. Officer"
on = 2024-03-05
'''
    return case


def fees():
    case = all_given()
    case["case.toml"] += '''
[fees]
how_to_pay = "By card at our front desk, or by post with a cheque"
by = "A. Officer"
on = 2024-03-05

  [[fees.item]]
  what = "Copies of the plans on large paper"
  pounds = 14.4

  [[fees.item]]
  what = "Postage"
  pounds = 3.15
'''
    return case


def interim():
    case = all_given()
    case["case.toml"] += '''
[interim]
reason = "The system that holds the records was out of use for a week"
expected_on = 2024-04-12
by = "A. Officer"
on = 2024-03-20
'''
    return case


ANSWERS = {"all-given": all_given, "all-withheld": all_withheld, "nothing-held": nothing_held, "over-the-limit": over_the_limit, "draft-document": draft_document,
           "offence-data": offence_data, "ordinary-data": ordinary_data, "units-shown": units_shown, "decision-pending": extension, "no-route": no_route,
           "given-document": given_document, "wording": wording, "form-asked": form_asked, "scotland": scotland, "scotland-over-the-limit": scotland_over_the_limit, "scotland-neither": scotland_neither,
           "environment": environment, "environment-neither": environment_neither}
LETTERS = {"acknowledgement": acknowledgement, "clarification": clarification, "extension": extension, "fees": fees, "interim": interim, "review": review,
           "scotland-review": scotland_review}
