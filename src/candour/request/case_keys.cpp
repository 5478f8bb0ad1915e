#include <candour/request/case_keys.hpp>

#include <vector>

namespace candour::request {
namespace {

using base::KeyDescription;
using base::KeyTable;
using enum base::KeyForm;
using enum base::Presence;

const std::vector<KeyDescription> condition_keys = {
    {"column", base::KeyForm::text, required, "The column of the holding that is looked at."},
    {"is_one_of", list_of_texts, optional, "A row counts if the column holds one of these texts."},
    {"is_none_of", list_of_texts, optional, "A row counts if the column holds none of these texts. Exactly one of the two is given."},
};

/// In the parts that `candour case new` proposes.
const KeyDescription unconfirmed = {"unconfirmed", list_of_texts, optional,
                                    "Which of these values the program proposed and nobody has confirmed. While there are any the case is not answered."};

std::vector<KeyTable> tables_of_the_request() {
  return {
      {"",
       "A case file has these parts.",
       {{"request", table, required, "What was asked, by when, and who answers."},
        {"authority", table, required, "Who answers, and where a complaint goes."},
        {"policy", table, optional, "Which policy protects people; the shipped one where this is left out."},
        {"holding", list_of_tables, optional, "What is held: one part for each file."},
        {"variable", list_of_tables, optional, "What the figures are broken down by."},
        {"population", list_of_tables, optional, "What happened to whom: the events that the questions count."},
        {"question", list_of_tables, required, "The questions, one by one, in the order of the request."},
        {"did_not_run", list_of_tables, optional, "When the operation did not run: said once, for all its questions."},
        {"finding", list_of_tables, optional, "What a named person found, where the law asks for a person."},
        {"personal_information", table, optional, "Why figures that would identify people are personal information (section 40)."},
        {"cost", list_of_tables, optional, "Hours spent or estimated, by the four activities that count towards the cost limit."},
        {"retention", table, optional, "Until when what is private is kept."}}},
      {"request",
       "The request as it came in.",
       {{"reference", text, required, "The authority's reference, as the letter shows it."},
        {"received", date, required, "The day on which the request was received; the clock starts on the working day after it."},
        {"subject", text, required, "What the request is about, in a few words: the title of the answer."},
        {"text_file", text, required, "The file that holds the request, word for word."},
        {"answered_by", text, required, "The name of the disclosure officer."},
        {"answered_on", date, optional, "The day of the answer, once it is known."},
        {"cost_scope_quote", text, optional, "The requester's own words that leave out what would cost too much, if there are any."},
        {"advice", text, optional, "Advice under section 16: what could be asked for within the limits."},
        unconfirmed}},
      {"authority",
       "The public authority.",
       {{"name", text, required, "The authority's name."},
        {"address", text, required, "Its address for correspondence."},
        {"review_address", text, required, "Where a request for an internal review goes (section 17(7))."},
        {"part",
         one_of_words,
         required,
         "Central government, Parliament and the armed forces have a cost limit of their own; everybody else is \"other\".",
         {"central", "other"}},
        {"regime",
         one_of_words,
         optional,
         "The Act that applies: the Freedom of Information Act 2000, or the Scottish Act of 2002. Left out: the first.",
         {"FOIA", "FOISA"}},
        {"keyring", text, optional,
         "The keyring of the authority, seen from the folder of the case: where it is set, approvals are signed. `CANDOUR_KEYRING` goes before it."},
        {"publisher_url", text, optional, "The address of the disclosure log."},
        {"licence", text, optional, "The licence of the published answer. Left out: Open Government Licence v3.0."},
        {"pages_file", text, optional, "The file with the colours and links of the authority's published pages. Left out: the shipped look."}}},
      {"policy",
       "The policy and the private key.",
       {{"file", text, optional, "A policy file of your own. Left out: the shipped policy."},
        {"key_file", text, optional, "The authority's private key, which keeps the choice of hidden cells from speaking. Never published."}}},
  };
}

std::vector<KeyTable> tables_of_holdings_and_variables() {
  return {
      {"holding",
       "One file, sheet or table of recorded information.",
       {{"id", text, required, "A short name that questions use."},
        {"label", text, required, "What it is called in the answer, as in \"custody records\"."},
        {"kind", one_of_words, required, "Records have one row for each event; counts are a table of counts already made.", {"records", "counts"}},
        {"file", text, optional,
         "The CSV (also packed with gzip), `FILE.sqlite#TABLE`, `FILE.xlsx#SHEET` or `FILE.ods#SHEET`, seen from the folder of the case, or "
         "`postgresql://HOST/BASE#TABLE` or `clickhouse://HOST/BASE#TABLE`. Left out where another unit keeps it, which answers an order."},
        {"extracted_on", date, optional, "The day on which the file was drawn from the system. Needed beside `file`."},
        {"delimiter", text, optional, "The character between two fields. Left out: a comma."},
        {"encoding", one_of_words, optional, "How the file writes letters. Left out: utf-8.", {"utf-8", "windows-1252"}},
        {"missing", list_of_texts, optional, "Texts that mean \"nothing was entered\". An empty field always does."},
        {"person_column", text, optional, "The column that tells one person from another. Records only."},
        {"people", one_of_words, optional, "Say that people are unknown where no column tells them apart.", {"unknown"}},
        {"count_column", text, optional, "The column with the count. Needed for counts."}}},
      {"variable",
       "Something that figures are broken down by. Exactly one of `months`, `ages`, `categories` and `categories_file` says what its categories are.",
       {{"name", text, required, "A short name, as in \"age\": small letters, digits and hyphens."},
        {"label", text, required, "What readers see, as in \"Age band\"."},
        {"role", one_of_words, required, "Whether outsiders could recognise a person by it, must not learn it, or both.", {"identifying", "sensitive", "both"}},
        {"data_class",
         one_of_words,
         optional,
         "What the law says of it: health, ethnicity, sex life and beliefs are special category; alleged offences and what became of them are criminal "
         "offence.",
         {"ordinary", "special-category", "criminal-offence"}},
        {"months", table, optional, "A period, cut into months, quarters and years."},
        {"ages", table, optional, "Whole numbers, cut into bands."},
        {"categories", list_of_tables, optional, "A list of categories, written here."},
        {"categories_file", text, optional, "A CSV file with the columns code, parent and (if you like) label; one line has no parent: the total."},
        {"levels", list_of_texts, optional, "The names of the levels below the total, from coarse to fine. Questions use them."},
        {"total_code", text, optional, "With `categories`: the code of the total. Left out: total."},
        {"total_label", text, optional, "What the total is called. Left out: Total."},
        {"unknown", text, optional,
         "The code of the category that takes empty values. It is added if the list does not have it. Left out: an empty value is an error."},
        {"is_period", truth, optional, "True if coverage speaks of this variable. Months always are."},
        {"reading", list_of_tables, optional, "How its values are read: one part for each holding."},
        unconfirmed}},
      {"variable.months",
       "The levels are total, year, quarter and month. A year or quarter of which only a part was asked for says so in its label.",
       {{"first", text, required, "The first month, as in \"2020-06\"."},
        {"last", text, required, "The last month, as in \"2022-11\"."},
        {"years", one_of_words, optional, "Calendar years, or financial years from April. Left out: calendar.", {"calendar", "financial"}}}},
      {"variable.ages",
       "With `width` the levels are total and band, or total, ten-year and five-year; with `starts` they are total and band.",
       {{"width", one_of_words, optional, "Bands of five years (with bands of ten years above them) or of ten.", {"five-year", "ten-year"}},
        {"from", whole_number, optional, "With `width`: where the first whole band begins. What is lower is one band."},
        {"to", whole_number, optional, "With `width`: where the last band begins, which is open above."},
        {"starts", list_of_whole_numbers, optional, "In place of `width`: the lowest age of each band, from low to high. The last band is open above."}}},
      {"variable.categories",
       "One category.",
       {{"code", text, required, "What stands in the holding, or what a reading's mapping turns it into."},
        {"label", text, optional, "What readers see. Left out: the code."},
        {"parent", text, optional, "The code of the category that contains it. Left out: the total."}}},
      {"variable.reading",
       "How the variable is read from one holding.",
       {{"holding", text, required, "The holding's id."},
        {"column", text, required, "The column."},
        {"values",
         one_of_words,
         optional,
         "What the column holds. Left out: dates for months, ages for bands, codes otherwise; in a table of counts always codes.",
         {"codes", "dates", "ages"}},
        {"dates", one_of_words, optional, "How the column writes dates. Left out: yyyy-mm-dd.", {"yyyy-mm-dd", "dd/mm/yyyy", "rfc3339"}},
        {"time_zone", text, optional, "For stamps with a time: the zone whose calendar counts. Left out: Europe/London."},
        {"mapping", texts_by_name, optional, "Texts of the column and the code that each of them means."}}},
      {"population",
       "The events that some questions count. Questions about the same events share a population, so that they are protected together.",
       {{"id", text, required, "A short name that questions use."},
        {"label", text, required, "What is counted, as in \"stops and searches\"."},
        {"variables", list_of_texts, required, "The names of the variables, in the order in which tables show them."},
        {"data_class", one_of_words, optional, "What it tells of a person to be counted here.", {"ordinary", "special-category", "criminal-offence"}},
        {"where", list_of_tables, optional, "The rows of its holdings that belong to it. Left out: all."}}},
      {"population.where", "A condition on a row. Several conditions must all be met.", condition_keys},
  };
}

std::vector<KeyTable> tables_of_questions() {
  return {
      {"question",
       "One numbered question.",
       {{"number", text, required, "Its number in the request, as in \"1\" or \"2a\"."},
        {"asks_for", one_of_words, required, "What kind of answer it wants.", {"statistics", "document", "explanation"}},
        {"text", text, required, "The question, word for word."},
        {"alternative", list_of_tables, optional, "What the requester would take instead, in order."},
        {"branch", text, optional, "The id of the alternative that is answered."},
        {"branch_because", text, optional, "Why that one."},
        {"branch_by", text, optional, "Who decided it."},
        {"decision", table, optional, "What a named person decided, if the answer is not simply given."},
        {"draft_exists", truth, optional, "For documents: true if a draft is held."},
        {"document", text, optional, "For documents: what it is called."},
        {"explanation", text, optional, "For explanations: the answer."},
        {"population", text, optional, "For statistics: the id of the population."},
        {"counted", text, optional, "For statistics: what is counted, as tables name it, as in \"arrested\"."},
        {"part_of", text, optional, "The number of the question whose figures contain these: who was arrested was counted before."},
        {"operation", text, optional, "The operation that ran or did not run. Left out: the subject of the request."},
        {"holding", text, optional, "For statistics: the id of the holding that the figures come from."},
        {"where", list_of_tables, optional, "The rows that count. Left out: all rows of the population."},
        {"by", list_of_texts, optional, "The breakdown asked for: names of variables, each with the level if it is not the finest, as in \"age at ten-year\"."},
        {"coverage", list_of_tables, optional, "Periods without figures, and why. What is not listed is available."},
        {"answered_only_for", text, optional, "A narrower answer than was asked, as in \"arrests for two offences\"."},
        {"answered_only_because", text, optional, "Why it is narrower."},
        {"notes", list_of_texts, optional, "Notes to the figures."},
        unconfirmed}},
      {"question.alternative",
       "One of the requester's alternatives.",
       {{"id", text, required, "A short name."}, {"text", text, required, "The requester's words."}}},
      {"question.decision",
       "A decision that only a person can make.",
       {{"outcome",
         one_of_words,
         required,
         "What was decided.",
         {"given", "withheld", "not-held", "not-searched", "referred", "intended-for-publication", "neither-confirmed-nor-denied", "decision-pending",
          "other-regime", "outside-scope"}},
        {"by", text, optional, "Who decided. Needed for everything but \"given\"."},
        {"on", date, optional, "When. Needed for everything but \"given\"."},
        {"provisions", list_of_texts, optional, "The provisions relied on, as in \"FOIA/40(2)-40(3A)(a)\". Needed where the law asks for a refusal notice."},
        {"reason", text, optional, "Why the provision applies. Needed for everything but \"given\"."},
        {"public_interest", text, optional, "For qualified exemptions: why the public interest in withholding outweighs that in disclosing (section 17(3))."},
        {"publication_date", date, optional, "For information intended for publication: when, if a day is known."},
        {"expected_on", date, optional, "For pending decisions: by when a decision is expected (section 17(2))."}}},
      {"question.where", "A condition on a row. Several conditions must all be met.", condition_keys},
      {"question.coverage",
       "A stretch of periods without figures.",
       {{"status", one_of_words, required, "Why there are none.", {"did-not-run", "not-recorded", "over-cost-limit", "withheld", "not-held"}},
        {"first", text, required, "The first period: a month such as \"2021-01\", a quarter such as \"2021-Q1\" or a year."},
        {"last", text, required, "The last period."},
        {"reason", text, required, "The sentence of the note."}}},
      {"did_not_run",
       "A stretch in which an operation did not run. Whatever else a question says about these periods gives way.",
       {{"first", text, required, "The first period."},
        {"last", text, required, "The last period."},
        {"reason", text, required, "The sentence of the note."},
        {"operation", text, optional, "Which operation. Left out: the subject of the request."}}},
      {"finding",
       "What a person found.",
       {{"kind",
         one_of_words,
         required,
         "What it is about. Declared figures are numerals that the officer answers for: the texts of the answer may use them.",
         {"identifiability", "people-unknown", "balance", "cost-estimate", "declared-figures"}},
        {"text", text, required, "The finding."},
        {"by", text, required, "Who found it."},
        {"on", date, required, "When."},
        {"question", text, optional, "The number of the question. Left out: all."}}},
      {"personal_information",
       "The reasoning of section 40, step by step.",
       {{"route", text, required,
         "How a determined person would come from finer figures to one person. A sentence that only says that numbers are small is not a route."},
        {"legitimate_interest", text, optional, "Ordinary data: what the public would gain from the finer figures."},
        {"necessity", text, optional, "Ordinary data: whether the coarser figures serve that interest as well."},
        {"balance", text, optional, "Ordinary data: people's rights, what they may reasonably expect, and harm."},
        {"consent_or_public", text, optional, "Special category or criminal offence data: whether people consented, or made it public themselves."},
        {"by", text, required, "Who reasoned."},
        {"on", date, required, "When."}}},
      {"cost",
       "One line of the cost ledger. Redaction, considering exemptions, consultation and sign-off do not count and have no place here.",
       {{"question", text, required, "The number of the question."},
        {"activity", one_of_words, required, "One of the four activities.", {"determining", "locating", "retrieving", "extracting"}},
        {"hours", number, required, "Hours, as in 1.5."},
        {"method", text, required, "How the work was done or estimated."},
        {"measured_by", text, optional, "Who measured."}}},
      {"retention",
       "When what is private of the case is deleted. The program never fills this in.",
       {{"delete_on", date, required, "The day from which on it may be deleted."},
        {"by", text, required, "Who set it."},
        {"because", text, required, "By which rule: the line of the retention schedule."}}},
  };
}

std::vector<KeyTable> all_case_keys() {
  std::vector<KeyTable> all = tables_of_the_request();
  for (auto&& tables : {tables_of_holdings_and_variables(), tables_of_questions()}) all.insert(all.end(), tables.begin(), tables.end());
  return all;
}

}  // namespace

std::span<const KeyTable> case_keys() {
  static const std::vector<KeyTable> keys = all_case_keys();
  return keys;
}

std::span<const KeyTable> requester_keys() {
  static const std::vector<KeyTable> keys = {{"",
                                              "Who asked. This file is read only for the letter; nothing of it reaches the public files.",
                                              {{"name", text, required, "The requester's name, as the letter greets it."},
                                               {"address", text, required, "Where the answer goes: an address or an e-mail address."}}}};
  return keys;
}

}  // namespace candour::request
