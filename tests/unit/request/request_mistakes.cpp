// Every mistake that load_case can report, as it is printed. The golden file beside this one is what officers see.
#include "sample_case.hpp"

#include <candour/request/case_keys.hpp>

#include <set>

namespace candour::test {
namespace {

struct Mistake {
  std::string name;
  std::vector<Change> changes;
};

const std::string only_categories =
    "categories = [\n  { code = \"nothing\", label = \"Nothing found\" },\n  { code = \"something\", label = \"Something found\" },\n"
    "  { code = \"arrest\", label = \"Arrest\", parent = \"something\" },\n  { code = \"other-action\", label = \"Other action\", parent = \"something\" },\n]";

std::vector<Mistake> mistakes_of_keys() {
  return {
      {"a key that is not known, with the nearest one", {{"received = 2024", "recieved = 2024"}}},
      {"a key that resembles no other", {{"reference = ", "zzzzzzzzzz = 1\nreference = "}}},
      {"a part that is not known", {{"[[did_not_run]]", "[[did_not_ran]]"}}},
      {"a key that is missing", {{"subject = \"Operation Larch\"\n", ""}}},
      {"a part that is missing", {{"[authority]", "[policy.authority]"}}},
      {"a date in quotes", {{"received = 2024-07-01", "received = \"2024-07-01\""}}},
      {"a number below zero", {{"minutes = 5", "minutes = -1"}}},
      {"a word that is not allowed", {{"kind = \"counts\"", "kind = \"count\""}}},
      {"an empty text", {{"answered_by = \"D. Officer\"", "answered_by = \" \""}}},
      {"a list with something else in it", {{"missing = [\"n/k\", \"-\"]", "missing = [\"n/k\", 5]"}}},
      {"several at once, in the order of the lines",
       {{"subject =", "subjekt ="}, {"part = \"other\"", "part = \"police\""}, {"kind = \"counts\"", "kind = 3"}}},
      {"not TOML at all", {{"[request]", "[request"}}},
      {"a key that stands twice", {{"subject =", "reference = \"again\"\nsubject ="}}},
      {"a time of day", {{"received = 2024-07-01", "received = 2024-07-01T10:00:00Z"}}},
      {"what nobody has confirmed", {{"subject =", "unconfirmed = [\"received\", \"subject\"]\nsubject ="}}},
      {"a number that no decimal can hold", {{"minutes = 5", "minutes = inf"}}},
  };
}

std::vector<Mistake> mistakes_of_holdings() {
  return {
      {"a request that is not there", {{"text_file = \"request.txt\"", "text_file = \"requst.txt\""}}},
      {"a request that is not UTF-8", {{"Dear Freedom", "Dear \xff Freedom", "request.txt"}}},
      {"a delimiter of two characters", {{"delimiter = \";\"", "delimiter = \";;\""}}},
      {"how records are read that another unit keeps", {{"file = \"records/custody.csv\"\n", ""}}},
      {"a holding that stands twice", {{"id = \"custody\"", "id = \"tally\""}}},
      {"persons in a table of counts", {{"count_column = \"people_seen\"", "count_column = \"people_seen\"\nperson_column = \"person\""}}},
      {"counts without a count", {{"count_column = \"people_seen\"\n", ""}}},
      {"a count in records", {{"people = \"unknown\"", "people = \"unknown\"\ncount_column = \"n\""}}},
      {"records that do not say whether people are known", {{"people = \"unknown\"", ""}}},
      {"records that say both", {{"people = \"unknown\"", "people = \"unknown\"\nperson_column = \"id\""}}},
  };
}

std::vector<Mistake> mistakes_of_variables() {
  return {
      {"a month that is none", {{"first = \"2022-07\", last", "first = \"2022-13\", last"}}},
      {"months in the wrong order", {{"first = \"2022-07\", last = \"2024-06\"", "first = \"2022-07\", last = \"2021-06\""}}},
      {"bands in two ways", {{"width = \"five-year\", from", "starts = [0, 18], width = \"five-year\", from"}}},
      {"bands that are not in order", {{"width = \"five-year\", from = 15, to = 65", "starts = [18, 18]"}}},
      {"bands half said", {{"width = \"five-year\", from = 15, to = 65", "width = \"five-year\""}}},
      {"bands that do not come out whole", {{"from = 15, to = 65", "from = 15, to = 67"}}},
      {"a parent that is not a category", {{"parent = \"something\" },\n  { code = \"other", "parent = \"somthing\" },\n  { code = \"other"}}},
      {"no categories", {{"categories_file = \"ethnicity.csv\"\n", ""}}},
      {"categories in two ways", {{"categories_file = \"ethnicity.csv\"", "categories_file = \"ethnicity.csv\"\nages = { starts = [0, 18] }"}}},
      {"a code list that is not there", {{"categories_file = \"ethnicity.csv\"", "categories_file = \"ethnicities.csv\""}}},
      {"a code list with another first line", {{"code,parent,label", "code;parent;label", "ethnicity.csv"}}},
      {"a code list with a line too short", {{"W2,white,Irish", "W2,white", "ethnicity.csv"}}},
      {"a code list with an open quote", {{"W2,white,Irish", "W2,white,\"Irish", "ethnicity.csv"}}},
      {"a code list with an empty code", {{"W2,white,Irish", ",white,Irish", "ethnicity.csv"}}},
      {"a code list with two roots", {{"black,all,Black", "black,,Black", "ethnicity.csv"}}},
      {"a code that stands twice", {{"W2,white,Irish", "W1,white,Irish", "ethnicity.csv"}}},
      {"more levels than there are", {{"levels = [\"group\", \"ethnicity\"]", "levels = [\"broad\", \"group\", \"ethnicity\"]"}}},
      {"a code of the total beside ages", {{"ages = { width", "total_code = \"all\"\nages = { width"}}},
      {"two levels of one name", {{"levels = [\"group\", \"ethnicity\"]", "levels = [\"total\"]"}}},
      {"level names for months",
       {{"role = \"identifying\"                     # an outsider could recognise a person by it", "role = \"identifying\"\nlevels = [\"a\"]"}}},
      {"an unknown category that is a group", {{"unknown = \"not-stated\"", "unknown = \"white\""}}},
      {"only a total", {{only_categories, "categories = []"}}},
      {"a variable's name with a blank", {{"name = \"outcome\"", "name = \"The outcome\""}}},
      {"a variable that stands twice", {{"name = \"outcome\"", "name = \"age\""}}},
      {"a reading from a holding that is not there", {{"holding = \"custody\"\n  column = \"age\"", "holding = \"custdy\"\n  column = \"age\""}}},
      {"a variable that is read twice from one holding", {{"holding = \"custody\"\n  column = \"age\"", "holding = \"tally\"\n  column = \"age\""}}},
      {"ages said to be dates", {{"column = \"age\"", "column = \"age\"\n  values = \"dates\""}}},
      {"a time zone that is none", {{"Europe/London", "Europe/Londinium"}}},
      {"a mapping to a group", {{"\"Irish\" = \"W2\"", "\"Irish\" = \"white\""}}},
  };
}

std::vector<Mistake> mistakes_of_populations() {
  return {
      {"a variable that is not there", {{"variables = [\"month\", \"age\", \"ethnicity\"]", "variables = [\"month\", \"ages\", \"ethnicity\"]"}}},
      {"a variable twice in a population", {{"variables = [\"month\", \"age\", \"ethnicity\"]", "variables = [\"month\", \"age\", \"age\"]"}}},
      {"two periods", {{"role = \"sensitive\"                       # what an outsider would want to learn", "role = \"sensitive\"\nis_period = true"}}},
      {"a population's id with a blank", {{"id = \"seen\"", "id = \"Seen by officers\""}}},
      {"a population that stands twice", {{"id = \"seen\"", "id = \"searches\""}}},
      {"a condition that says nothing", {{"is_one_of = [\"LARCH\", \"Larch\"]", "is_one_of = []"}}},
      {"a condition that says two things", {{"is_one_of = [\"LARCH\", \"Larch\"]", "is_one_of = [\"LARCH\"], is_none_of = [\"Larch\"]"}}},
      {"too many combinations",
       {{"ages = { width = \"five-year\", from = 15, to = 65 }", "months = { first = \"1924-07\", last = \"2024-06\" }"},
        {"categories_file = \"ethnicity.csv\"\nlevels = [\"group\", \"ethnicity\"]", "months = { first = \"1924-07\", last = \"2024-06\" }"},
        {"mapping = { \"White British\" = \"W1\", \"White - British\" = \"W1\", \"Irish\" = \"W2\" }", ""},
        {"first = \"2022-07\", last", "first = \"1924-07\", last"}}},
  };
}

std::vector<Mistake> mistakes_of_questions() {
  return {
      {"a question's number with a blank", {{"number = \"5\"", "number = \"no 5\""}}},
      {"a number that stands twice", {{"number = \"5\"", "number = \"4\""}}},
      {"words that the request does not have", {{"text = \"Who decides", "text = \"Who really decides"}}},
      {"a quotation that the request does not have", {{"cost_scope_quote = \"Anything that would", "cost_scope_quote = \"All that would"}}},
      {"a population in a question for a document",
       {{"document = \"data protection impact assessment\"", "document = \"data protection impact assessment\"\npopulation = \"seen\""}}},
      {"a question without a population", {{"population = \"searches\"\n", ""}}},
      {"an explanation that explains nothing", {{"explanation = \"The area commander decides, each month.\"", "explanation = \" \""}}},
      {"a document that is given and has no name",
       {{"document = \"data protection impact assessment\"", ""}, {"outcome = \"intended-for-publication\"", "outcome = \"given\""}}},
      {"a branch without alternatives", {{"by = [\"month\", \"age\", \"ethnicity\"]", "by = [\"month\", \"age\", \"ethnicity\"]\nbranch = \"all\""}}},
      {"alternatives without a branch", {{"branch = \"all\"\n", ""}}},
      {"a branch that was not offered", {{"branch = \"all\"", "branch = \"al\""}}},
      {"a branch taken without a reason", {{"branch_because = \"Search records do not say whether the person had been counted.\"", ""}}},
      {"a branch taken by nobody", {{"branch_by = \"D. Officer\"", ""}}},
      {"a breakdown by something else", {{"by = [\"month\", \"age\", \"ethnicity\"]", "by = [\"month\", \"age\", \"nationality\"]"}}},
      {"a level that is not there", {{"by = [\"month at quarter\"", "by = [\"month at qarter\""}}},
      {"a breakdown twice by the same", {{"by = [\"month\", \"age\", \"ethnicity\"]", "by = [\"month\", \"month at quarter\"]"}}},
      {"a narrower answer without a reason", {{"answered_only_because = \"Arrests for other offences are not marked with the operation.\"\n", ""}}},
      {"part of a question that is not there", {{"part_of = \"1\"", "part_of = \"11\""}}},
      {"part of a question about something else", {{"part_of = \"1\"", "part_of = \"3\""}}},
      {"part of a question with other records", {{"holding = \"tally\"\nby", "holding = \"searches\"\nby"}}},
      {"part of itself", {{"part_of = \"1\"", "part_of = \"2\""}}},
      {"a population that is not there", {{"population = \"searches\"", "population = \"search\""}}},
      {"a holding that is not there", {{"holding = \"searches\"\nby", "holding = \"search\"\nby"}}},
      {"a variable that is not read from the holding", {{"holding = \"searches\"\nby", "holding = \"custody\"\nby"}}},
      {"rows picked from counts", {{"holding = \"tally\"\nby", "holding = \"tally\"\nwhere = [{ column = \"a\", is_one_of = [\"b\"] }]\nby"}}},
  };
}

std::vector<Mistake> mistakes_of_decisions() {
  const std::string people_finding = "kind = \"people-unknown\"";
  const std::string held =
      "document = \"data protection impact assessment\"\n\n  [[question.held]]\n  title = \"Data protection impact assessment of Operation Larch\"\n  version "
      "= \"2\"\n  "
      "status = \"draft\"\n  last_changed = 2024-06-14\n";
  std::string many;
  for (int i = 0; i < 10; ++i)
    many += "[[question]]\nnumber = \"2" + std::string(1, static_cast<char>('a' + i)) +
            "\"\nasks_for = \"statistics\"\ntext = \"Operation Larch\"\npopulation = \"seen\"\ncounted = \"x\"\nholding = \"custody\"\n\n";
  return {
      {"people unknown and nobody accepts it", {{people_finding, "kind = \"identifiability\""}}},
      {"over the cost limit and nobody accepts it", {{"kind = \"cost-estimate\"", "kind = \"balance\""}}},
      {"a decision of nobody", {{"by = \"S. Reviewer\"\n  on = 2024-07-10\n  provisions", "provisions"}}},
      {"a decision without a provision", {{"provisions = [\"FOIA/22(1)\"]", ""}}},
      {"a decision without a reason",
       {{"reason = \"The draft was due for publication before the request came in, and will be published unchanged.\"", "reason = \" \""}}},
      {"a pending decision without a day", {{"outcome = \"intended-for-publication\"", "outcome = \"decision-pending\""}}},
      {"a provision without its Act", {{"FOIA/22(1)", "22(1)"}}},
      {"not held although a draft exists", {{"outcome = \"intended-for-publication\"", "outcome = \"not-held\""}}},
      {"a hint in a question that is neither confirmed nor denied", {{"outcome = \"intended-for-publication\"", "outcome = \"neither-confirmed-nor-denied\""}}},
      {"a cost for a question that is neither confirmed nor denied",
       {{held, ""},
        {"outcome = \"intended-for-publication\"", "outcome = \"neither-confirmed-nor-denied\""},
        {"question = \"3\"\nactivity", "question = \"4\"\nactivity"}}},
      {"a cost for a question that is not there", {{"question = \"3\"\nactivity", "question = \"33\"\nactivity"}}},
      {"too many questions about one population", {{"[[did_not_run]]", many + "[[did_not_run]]"}}},
      {"offence data without the stricter test", {{"consent_or_public", "necessity"}}},
      {"ordinary data without the three steps",
       {{"data_class = \"special-category\"\n", ""},
        {"data_class = \"criminal-offence\"\n", ""},
        {"data_class = \"criminal-offence\"\n", ""},
        {"consent_or_public = ", "necessity = "}}},
  };
}

std::vector<Mistake> mistakes_of_coverage_and_dates() {
  const std::string stretch = "  status = \"not-recorded\"\n  first = \"2022-07\"\n  last = \"2022-12\"";
  return {
      {"a period that is not there", {{"first = \"2023-08\"", "first = \"2023-8\""}}},
      {"periods in the wrong order", {{stretch, "  status = \"not-recorded\"\n  first = \"2022-12\"\n  last = \"2022-07\""}}},
      {"stretches that overlap",
       {{"  [[question.coverage]]\n" + stretch,
         "  [[question.coverage]]\n  status = \"withheld\"\n  first = \"2022-Q4\"\n  last = \"2023\"\n  reason = \"x\"\n\n  [[question.coverage]]\n" +
             stretch}}},
      {"did not run for one question only", {{stretch, "  status = \"did-not-run\"\n  first = \"2022-07\"\n  last = \"2022-12\""}}},
      {"coverage without a period",
       {{"variables = [\"month\", \"age\", \"outcome\"]", "variables = [\"age\", \"outcome\"]"}, {"by = [\"month at quarter\", ", "by = ["}}},
      {"an operation that no question asks about", {{"first = \"2023-08\"", "operation = \"Operation Birch\"\nfirst = \"2023-08\""}}},
      {"received in the future", {{"received = 2024-07-01", "received = 2030-07-01"}}},
      {"answered before it was received", {{"received = 2024-07-01", "answered_on = 2024-06-28\nreceived = 2024-07-01"}}},
      {"decided before it was received", {{"on = 2024-07-10\n  provisions", "on = 2024-06-10\n  provisions"}}},
      {"a period after the request", {{"last = \"2024-06\" }", "last = \"2024-09\" }"}}},
  };
}

std::vector<Mistake> mistakes_of_letters();

// Of questions that ask for records one by one.
std::vector<Mistake> mistakes_of_records() {
  const std::string third = "number = \"3\"\nasks_for = \"", by = "by = [\"month at quarter\", \"age at ten-year\", \"outcome\"]\n";
  const Change as_records{third + "statistics\"", third + "records\""};
  return {
      {"records of a column that is both, from counts", {{"number = \"1\"\nasks_for = \"statistics\"", "number = \"1\"\nasks_for = \"records\""}}},
      {"records by which nobody could be recognised", {as_records, {by, "by = [\"outcome\"]\nnot_asked_by = [\"month\", \"age\"]\n"}}},
      {"records that promise nothing", {as_records, {by, by + "records = { distinct_values = 1, largest_distance = 1.5, suppress_at_most = 51 }\n"}}},
      {"what must hold of records, of a question for figures", {{by, by + "records = { smallest_class = 10 }\n"}}},
  };
}

std::vector<Mistake> all_mistakes() {
  std::vector<Mistake> all;
  for (auto&& part : {mistakes_of_keys(), mistakes_of_holdings(), mistakes_of_variables(), mistakes_of_populations(), mistakes_of_questions(),
                      mistakes_of_decisions(), mistakes_of_coverage_and_dates(), mistakes_of_letters(), mistakes_of_records()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

// Of the ledger, of findings, of documents, and of letters beside the answer.
std::vector<Mistake> mistakes_of_letters() {
  const std::string end = "consent_or_public = \"Nobody has consented, and nobody has made it public themselves.\"\nby = \"S. Reviewer\"\non = 2024-07-10\n";
  const std::string held = "  [[question.held]]\n";
  const std::string status = "  status = \"draft\"\n";
  return {
      {"hours that are not units times minutes", {{"minutes = 5", "minutes = 5\nhours = 20"}}},
      {"a cost without hours", {{"units = 258\nunit = \"paper records\"\nminutes = 5\n", ""}}},
      {"units without minutes", {{"minutes = 5\n", ""}}},
      {"a sample larger than all", {{"sample = 20\n", "sample = 300\n"}}},
      {"a measurement without a day", {{"measured_on = 2024-07-08\n", ""}}},
      {"a finding on people without its record", {{"population = \"The people met by the operation along one street.\"\n", ""}}},
      {"no route without a name", {{"kind = \"identifiability\"", "kind = \"no-route\""}}},
      {"a record in another finding", {{"kind = \"cost-estimate\"", "kind = \"cost-estimate\"\nmeans = \"x\""}}},
      {"an estimate that nothing rests on", {{"status = \"over-cost-limit\"", "status = \"not-held\""}}},
      {"one alternative", {{"  [[question.alternative]]\n  id = \"counted-only\"\n  text = \"If possible only those of the people counted\"\n", ""}}},
      {"a numbered question left out", {{"5. Who", "6. Who", "request.txt"}}},
      {"a breakdown left out", {{"by = [\"month\", \"age\", \"ethnicity\"]", "by = [\"month\", \"age\"]"}}},
      {"a document of which nothing is listed",
       {{held + "  title = \"Data protection impact assessment of Operation Larch\"\n  version = \"2\"\n" + status + "  last_changed = 2024-06-14\n", ""}}},
      {"a document given without a file", {{"outcome = \"intended-for-publication\"", "outcome = \"given\""}}},
      {"a file of a refusal", {{status, status + "  file = \"plan.csv\"\n"}}},
      {"a file with a telling name",
       {{"outcome = \"intended-for-publication\"", "outcome = \"given\""}, {status, status + "  file = \"plan of J. Doe.csv\"\n"}}},
      {"staffed and not run", {{"[[did_not_run]]", "[[staffed]]\nfirst = \"2023-07\"\nlast = \"2023-09\"\ntext = \"Staffed.\"\n\n[[did_not_run]]"}}},
      {"a review by the writer", {{end, end + "\n[review]\noutcome = \"upheld\"\nreason = \"x\"\nby = \"D. Officer\"\non = 2024-07-20\n"}}},
      {"a review that changes nothing", {{end, end + "\n[review]\noutcome = \"overturned\"\nreason = \"x\"\nby = \"E. Other\"\non = 2024-07-20\n"}}},
      {"a file of wording that is not there", {{"review_address = ", "wording_file = \"words.toml\"\nreview_address = "}}},
      {"a crest that says nothing",
       {{"review_address = ", "wording_file = \"requester.toml\"\nreview_address = "},
        {"name = ", "[crest]\nfile = \"crest.jpg\"\n# ", "requester.toml"},
        {"address = ", "# ", "requester.toml"}}},
  };
}

class MistakesOfACase : public ::testing::Test {
 protected:
  void SetUp() override { ::setenv("CANDOUR_TODAY", "2024-07-29", 1); }
};

TEST_F(MistakesOfACase, EachIsOneLineWithFileLineFindingExpectationAndHint) {
  std::string text;
  for (const Mistake& mistake : all_mistakes()) {
    const std::string found = CopiedSample(mistake.changes).mistakes();
    EXPECT_FALSE(found.empty()) << mistake.name;
    text += "# " + mistake.name + "\n" + found + "\n";
  }
  expect_golden(std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests/unit/request/request_mistakes.golden", text);
}

// A mistake that the source can report and that no line of the golden file shows would be an untested sentence. (What a data unit's settings get wrong about an
// order is in the tests of two desks.)
TEST_F(MistakesOfACase, EveryCodeOfTheSourceStandsInTheGoldenFile) {
  const std::string golden = base::read_file(std::filesystem::path(CANDOUR_SOURCE_DIR) / "tests/unit/request/request_mistakes.golden").value();
  std::set<std::string> codes{"unknown_key", "missing_key", "wrong_kind", "unknown_word", "empty"};
  for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(CANDOUR_SOURCE_DIR) / "src/candour/request")) {
    if (entry.path().filename() == "order.cpp") continue;
    const std::string source = base::read_file(entry.path()).value();
    for (auto call = source.find("mistakes.add"); call != std::string::npos; call = source.find("mistakes.add", call + 1)) {
      const auto code = source.find(", \"", call) + 3;  // the line comes first, then the code in quotes
      codes.insert(source.substr(code, source.find('"', code) - code));
    }
  }
  EXPECT_GT(codes.size(), 50U);
  for (const std::string& code : codes) EXPECT_NE(golden.find("case." + code + " | "), std::string::npos) << code;
}

TEST_F(MistakesOfACase, ARequesterFileWithAWrongKeyNamesTheNearestOne) {
  const CopiedSample sample({Change{"address = ", "adress = ", "requester.toml"}});
  const auto requester = request::load_requester(sample.folder() / "requester.toml");
  ASSERT_FALSE(requester.has_value());
  ASSERT_EQ(requester.error().size(), 1U);
  EXPECT_EQ(requester.error()[0].code, "requester.unknown_key");
  EXPECT_EQ(requester.error()[0].hint, "did you mean 'address'?");
}

TEST_F(MistakesOfACase, ARequestersNameIsNotRepeatedInAMistake) {
  const CopiedSample sample({Change{"address = ", "address = \"Jane Planted\n", "requester.toml"}});
  const auto requester = request::load_requester(sample.folder() / "requester.toml");
  ASSERT_FALSE(requester.has_value());
  for (const base::Error& error : requester.error()) EXPECT_EQ(base::to_text(error).find("Planted"), std::string::npos);
}

}  // namespace
}  // namespace candour::test
