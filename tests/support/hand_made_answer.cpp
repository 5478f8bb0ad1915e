#include "hand_made_answer.hpp"

#include "hand_made_seal.hpp"

#include <candour/base/check.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace candour::support {
namespace {

using namespace std::chrono_literals;
using base::Date;

constexpr Date received{2024y / 3 / 4};
constexpr Date answered{2024y / 3 / 28};

template <class T>
T must(base::Result<T> result) {
  CANDOUR_CHECK(result.has_value(), "the answer made by hand is well formed");
  return std::move(result).value();
}

table::Hierarchy months() {
  std::vector<table::CategoryRow> rows{{"total", "", "All months"}, {"2023-Q1", "total", "January to March 2023"}, {"2023-Q2", "total", "April to June 2023"}};
  const char* names[] = {"January 2023", "February 2023", "March 2023", "April 2023", "May 2023", "June 2023"};
  for (int month = 1; month <= 6; ++month) rows.push_back({"2023-0" + std::to_string(month), month <= 3 ? "2023-Q1" : "2023-Q2", names[month - 1]});
  return must(table::Hierarchy::build("period", {"all", "quarter", "month"}, rows));
}

table::Hierarchy ages() {
  return must(table::Hierarchy::flat("age", {{"18-24", "", "18 to 24"}, {"25-34", "", "25 to 34"}, {"35+", "", "35 and over"}, {"unknown", "", "Not recorded"}},
                                     "total", "All ages"));
}

table::Hierarchy areas() { return must(table::Hierarchy::flat("area", {{"N", "", "North & Hill"}, {"S", "", "=South"}}, "total", "Both areas")); }

// Two levels: groups, and what they are made of.
table::Hierarchy origins() {
  std::vector<table::CategoryRow> rows{{"total", "", "All groups"}};
  const std::vector<std::pair<std::string, std::vector<std::string>>> groups{
      {"Asian", {"Bangladeshi", "Chinese", "Indian", "Pakistani", "Any other Asian background"}},
      {"Black", {"African", "Caribbean", "Any other Black background"}},
      {"Mixed", {"White and Asian", "White and Black African", "White and Black Caribbean", "Any other mixed background"}},
      {"White", {"British", "Gypsy or Irish Traveller", "Irish", "Any other White background"}},
      {"Other", {"Arab", "Any other background"}}};
  for (const auto& [group, members] : groups) {
    rows.push_back({group, "total", group + " (all)"});
    for (const std::string& member : members) rows.push_back({group + "/" + member, group, member});
  }
  rows.push_back({"not-stated", "total", "Not stated"});
  return must(table::Hierarchy::build("origin", {"all", "group", "background"}, rows));
}

std::shared_ptr<const table::AtomSpace> sightings() {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "sightings";
  space->label = "sightings";
  space->variables = {{"month", "Month", table::Role::identifying, months()},
                      {"age", "Age band", table::Role::identifying, ages()},
                      {"area", "Area", table::Role::identifying, areas()}};
  const std::vector<bool> covered{true, true, false, true, true, true};
  space->questions = {{"1", "people counted", covered}, {"2", "people arrested", covered}};
  space->variables.push_back({"origin", "Ethnicity (self-defined)", table::Role::both, origins()});
  space->memberships = {1U, 3U};
  space->period = 0;
  return space;
}

std::shared_ptr<const table::AtomSpace> searches() {
  auto space = std::make_shared<table::AtomSpace>();
  space->id = "searches";
  space->label = "stops and searches";
  space->variables = {{"month", "Month", table::Role::identifying, months()}};
  space->questions = {{"4", "searches", {false, false, false, true, true, true}}};
  space->memberships = {1U};
  space->period = 0;
  return space;
}

// Fills a table; cells outside the coverage get `outside`.
table::PublishedTable filled(const table::AtomSpace& space, std::string title, table::TableDesign design, const table::PublishedCell& outside,
                             const std::function<table::PublishedCell(const std::vector<table::NodeIndex>&)>& cell_of) {
  table::PublishedTable published{std::move(title), std::move(design), table::ZeroConvention::hidden_at_least_one, 0, {}};
  const table::TableLayout layout(space, published.design);
  for (table::CellIndex cell = 0; cell < layout.cell_count(); ++cell) {
    published.cells.push_back(layout.is_outside_coverage(cell) ? outside : cell_of(layout.nodes(cell)));
  }
  return published;
}

table::PublishedPopulation published_sightings() {
  table::PublishedPopulation population;
  population.space = sightings();
  const table::PublishedCell not_run = table::NotApplicable{table::CoverageStatus::did_not_run};
  population.tables.push_back(filled(*population.space, "People counted by month and age band",
                                     {"q1-month-age", 0, {{0, {0, 1, 2}}, {1, {0, 1}}}, table::Unit::records}, not_run,
                                     [](const std::vector<table::NodeIndex>& at) -> table::PublishedCell {
                                       if (at[0] == 3 && at[1] == 4) return table::Value{0};
                                       if ((at[0] == 2 || at[0] == 3) && (at[1] == 1 || at[1] == 3)) return table::Suppressed{};
                                       return table::Value{static_cast<std::int64_t>(1000 / (1 + at[0]) + 40 * at[1])};
                                     }));
  population.tables.push_back(
      filled(*population.space, "People counted by area", {"q1-area", 0, {{2, {0, 1}}}, table::Unit::records}, not_run,
             [](const std::vector<table::NodeIndex>& at) -> table::PublishedCell { return table::Value{at[0] == 0 ? 1377 : 688 + at[0]}; }));
  population.tables.push_back(filled(*population.space, "People arrested", {"q2-total", 1, {}, table::Unit::records}, not_run,
                                     [](const std::vector<table::NodeIndex>&) -> table::PublishedCell { return table::Value{61}; }));
  population.statements.push_back(
      {"q2-why", "2", table::StatementPlace::reason, "By month, some arrests would be so few that people could be told apart.", table::NoClaim{}});
  population.statements.push_back({"all", "", table::StatementPlace::reason, "The most detailed tables that passed the checks are given.", table::NoClaim{}});
  return population;
}

table::PublishedPopulation published_searches() {
  table::PublishedPopulation population;
  population.space = searches();
  population.tables.push_back(
      filled(*population.space, "Stops and searches by month", {"q4-month", 0, {{0, {0, 2}}}, table::Unit::records},
             table::NotAvailable{table::CoverageStatus::over_cost_limit},
             [](const std::vector<table::NodeIndex>& at) -> table::PublishedCell { return table::Value{static_cast<std::int64_t>(20 + at[0])}; }));
  return population;
}

request::Question question_one() {
  request::Question one;
  one.number = "1";
  one.text = "How many people were counted, by month, age & area?";
  one.population = "sightings";
  one.counted_label = "people counted";
  one.operation = "Operation Birch";
  one.by = {{"month", "month"}, {"age", "age"}, {"area", "area"}};
  one.coverage = {{table::CoverageStatus::did_not_run, "2023-03", "2023-03", "The team was stood down"}};
  return one;
}

std::vector<request::Question> questions() {
  request::Question two = question_one();
  two.number = "2";
  two.text = "How many of them were arrested?";
  two.counted_label = "people arrested";
  two.part_of = "1";
  request::Question three;
  three.number = "3";
  three.text = "Please send the impact assessment.";
  three.kind = request::QuestionKind::document;
  three.document = "Impact assessment";
  three.decision.decision = request::Decision::withheld;
  three.decision.decided_by = "R. Officer";
  three.decision.reason = "A draft is held; it is being reviewed.";
  three.decision.provisions = {"FOIA/22(1)"};
  three.decision.intended_since = Date{2024y / 2 / 1};
  three.decision.public_interest = "The final text will serve the public better than a draft.";
  request::Question four;
  four.number = "4";
  four.text = "How many searches were made each month?";
  four.population = "searches";
  four.counted_label = "searches";
  four.by = {{"month", "month"}};
  four.coverage = {{table::CoverageStatus::over_cost_limit, "2023-01", "2023-03", "Each officer's notes would have to be read"}};
  four.notes = {"Searches are counted on the day on which they ended."};
  return {question_one(), two, three, four};
}

}  // namespace

HandMadeAnswer::HandMadeAnswer() : seal(certify::SealMaker::by_hand(answered, {"people unproved"})) {
  the_case.reference = "FOI/24/0117";
  the_case.received = received;
  the_case.subject = "Operation Birch <2023>";
  the_case.request_text =
      "Dear authority,\n\nPlease answer these questions about \"Operation Birch\".\nIf a month did not run, say so & do not write a zero.\n\nThank you.";
  the_case.answered_by = "R. Officer";
  the_case.authority.name = "Northmoor Constabulary";
  the_case.authority.address = "1 Station Road\nNorthmoor";
  the_case.authority.review_address = "reviews@northmoor.example";
  the_case.authority.publisher_url = "https://northmoor.example/foi";
  the_case.authority.part = "other";
  the_case.cost_scope_quote = "If a month did not run, say so & do not write a zero.";
  the_case.advice = "The number of searches in one month of early 2023 would come within the limit.";
  request::CostItem cost;
  cost.question = "4";
  cost.activity = "locating";
  cost.hours = base::Decimal(20);
  cost.method = "a sample of notebooks";
  cost.measured_by = "A. Analyst";
  cost.measured_on = received;
  the_case.costs = {cost};
  request::OfficerFinding finding;
  finding.kind = "identifiability";
  finding.text = "People who live by the road know who was stopped there.";
  finding.means = "Local knowledge and the newspapers.";
  finding.population = "People seen by the road.";
  finding.by = "R. Officer";
  finding.on = answered;
  the_case.findings = {finding};
  the_case.personal_information =
      request::PersonalInformationReasons{"People who live by the road know who was stopped there in a given month, and would learn the rest.",
                                          "Openness about policing.",
                                          "The coarser figures serve it as well.",
                                          "Privacy outweighs what finer figures would add.",
                                          "",
                                          "",
                                          "R. Officer",
                                          answered};
  the_case.questions = questions();
  requester = {"Quilla Zzyzxworth", "17 Heron Lane\nNorthmoor"};
  published = {published_sightings(), published_searches()};
}

void HandMadeAnswer::add_wide_table() {
  table::PublishedPopulation& population = published.front();
  population.tables.push_back(filled(*population.space, "People counted by month, age band and ethnicity",
                                     {"q1-month-age-origin", 0, {{0, {0, 1, 2}}, {1, {0, 1}}, {3, {0, 1, 2}}}, table::Unit::records},
                                     table::NotApplicable{table::CoverageStatus::did_not_run},
                                     [](const std::vector<table::NodeIndex>& at) -> table::PublishedCell {
                                       const std::int64_t figure = 4000 / ((1 + at[0]) * (1 + at[1]) * (1 + at[2]));
                                       if (figure > 0 && figure < 10) return table::Suppressed{};
                                       return table::Value{figure};
                                     }));
}

release::ReleaseOrder HandMadeAnswer::order(release::ApprovalState approval) const {
  release::ReleaseOrder order;
  order.the_case = &the_case;
  order.requester = &requester;
  order.published = &published;
  order.seal = &seal;
  order.answered_on = answered;
  order.approval = approval;
  return order;
}

}  // namespace candour::support
