#include <candour/casework/confirm.hpp>
#include <candour/casework/intake/draft.hpp>
#include <candour/casework/new_case.hpp>
#include <candour/casework/store/database.hpp>
#include <candour/cli/case_words.hpp>
#include <candour/cli/command_case.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cstdlib>

namespace candour::cli {
namespace {

using casework::intake::AskedPeriod;
using Json = nlohmann::ordered_json;

Json json_of(const casework::intake::ProposedQuestion& question) {
  Json one{{"number", question.number}, {"number_is_given", question.number_is_given}, {"text", question.text}};
  one["asks_for"] = question.kind ? Json(casework::intake::word_of(*question.kind)) : Json();
  one["by"] = Json::array();
  for (const auto& each : question.by) one["by"].push_back({{"name", each.name}, {"words", each.words}, {"known", each.known}});
  if (question.period) {
    one["period"]["words"] = question.period->words;
    if (question.period->form != AskedPeriod::Form::unbounded) {
      one["period"]["first"] = casework::intake::to_text(question.period->first);
      one["period"]["last"] = casework::intake::to_text(question.period->last);
    }
  }
  one["alternatives"] = question.alternatives;
  return one;
}

class CaseNewCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("FILE", order_.letter, "The letter: text (.txt) or an e-mail (.eml)");
    parameters.option("--as", "NAME", order_.opened_by, "The officer who opens the case", Presence::required);
    parameters.option("--cases", "FOLDER", order_.cases, "The folder that holds the cases (default: the current one)");
    parameters.option("--received", "DATE", received_, "The day of receipt; left out, that of the e-mail or today is proposed");
    parameters.option("--reference", "TEXT", order_.reference, "The reference; left out, the next one of the authority's pattern");
    parameters.option(
        "--office", "FILE", office_,
        "What all cases share: the authority and the pattern of references (default: office.toml in the folder of the cases, where there is one)");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    if (order_.cases.empty()) order_.cases = ".";
    CANDOUR_TRY(received, with_errors(day_given(received_, "--received")));
    order_.received = received;
    order_.database = casework::store::configured_database(database_);
    const std::filesystem::path settings = office_ ? *office_ : order_.cases / "office.toml";
    std::error_code status;
    if (office_ || std::filesystem::exists(settings, status)) {
      CANDOUR_TRY(office, casework::load_office(settings));
      order_.office = std::move(office);
    }
    CANDOUR_TRY(made, with_errors(casework::open_new_case(order_)));
    print(console, made);
    return ExitStatus::done;
  }

 private:
  static void print(Console& console, const casework::NewCase& made) {
    console.print(fmt::format("{}, received {}: {}\n\n", made.reference, base::to_words(made.received), made.folder.string()));
    console.print(shown_beside(made.proposal));
    if (!made.cut.empty()) console.print(fmt::format("Left out of request.txt: {}.\n", fmt::join(made.cut, ", ")));
    console.print(made.has_requester ? "Who asked stands in requester.toml and nowhere else.\n" : "Who asked was not found: see requester.toml.\n");
    console.print("Nothing is decided: hold the draft against the letter, part by part (candour case confirm).\n");
    Json document{
        {"reference", made.reference}, {"folder", made.folder.string()}, {"received", base::to_iso(made.received)}, {"subject", made.proposal.subject}};
    document["questions"] = Json::array();
    for (const auto& question : made.proposal.questions) document["questions"].push_back(json_of(question));
    document["formats"] = made.proposal.formats;
    document["prompts"] = Json::array();
    for (const auto& prompt : made.proposal.prompts)
      document["prompts"].push_back({{"code", prompt.code}, {"sentence", prompt.sentence}, {"words", prompt.words}});
    document["left_out"] = made.cut;
    document["requester_found"] = made.has_requester;
    console.print_json(document);
  }

  casework::NewCaseOrder order_;
  std::optional<std::string> received_;
  std::optional<std::filesystem::path> office_;
  std::string database_;
};

class CaseConfirmCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "Folder of the case");
    parameters.option("--as", "NAME", name_, "The officer who has held the proposal against the letter");
    parameters.option("--part", "PART", parts_,
                      "What is confirmed: request, \"question 2\", \"variable month\"; may be given several times. Left out: nothing, the verb only shows");
    parameters.option("--database", "PLACE", database_, database_sentence);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const auto place = casework::store::configured_database(database_);
    Json confirmed = Json::array();
    for (const std::string& part : parts_) {
      CANDOUR_TRY(done, with_errors(casework::confirm_part(case_, part, name_, place)));
      confirmed.push_back(done.part);
      console.print(fmt::format("Confirmed by {}: {}\n", name_, done.part));
    }
    CANDOUR_TRY(left, with_errors(casework::unconfirmed_parts(case_)));
    Json open = Json::array();
    for (const auto& part : left) {
      console.print(fmt::format("{}\n", part.part));
      Json values = Json::object();
      for (const auto& [key, value] : part.values) {
        console.print(fmt::format("  {}: {}\n", key, value));
        values[key] = value;
      }
      open.push_back({{"part", part.part}, {"values", values}});
    }
    console.print(left.empty() ? "Nothing is left to confirm.\n" : fmt::format("{} parts are not confirmed.\n", left.size()));
    console.print_json({{"confirmed", confirmed}, {"unconfirmed", open}});
    return ExitStatus::done;
  }

 private:
  std::filesystem::path case_;
  std::string name_, database_;
  std::vector<std::string> parts_;
};

}  // namespace

std::unique_ptr<Command> make_case_new_command() { return std::make_unique<CaseNewCommand>(); }
std::unique_ptr<Command> make_case_confirm_command() { return std::make_unique<CaseConfirmCommand>(); }

}  // namespace candour::cli
