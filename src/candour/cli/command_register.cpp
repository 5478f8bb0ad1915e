#include <candour/cli/command_register.hpp>

#include <candour/base/text.hpp>
#include <candour/casework/register/import_release.hpp>
#include <candour/cli/answer_folder.hpp>
#include <candour/cli/beside_register.hpp>
#include <candour/cli/console.hpp>
#include <candour/cli/parameters.hpp>
#include <candour/cli/register_place.hpp>
#include <candour/cli/released_answer.hpp>
#include <candour/table/noise_spent.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>

namespace candour::cli {
namespace {

using casework::RegisteredRelease;
using table::Release;

std::size_t figures_in(const Release& release) {
  std::size_t figures = release.ratios.size();
  for (const table::ReleasedTable& table : release.tables)
    figures +=
        static_cast<std::size_t>(std::count_if(table.cells.begin(), table.cells.end(), [](const table::ReleasedCell& cell) { return cell.says_something(); }));
  return figures;
}

nlohmann::ordered_json json_of(const RegisteredRelease& registered) {
  const Release& release = registered.release;
  return {{"sequence", registered.sequence},
          {"id", release.id},
          {"population", release.population},
          {"published_on", base::to_iso(release.published_on)},
          {"extracted_on", base::to_iso(release.extracted_on)},
          {"corrects", release.corrects},
          {"origin", release.origin},
          {"tables", release.tables.size()},
          {"figures", figures_in(release)},
          {"digest", registered.digest.to_hex()}};
}

// What noise has been told about each population that has any.
std::map<std::string, table::NoiseSpent> noise_of(const std::vector<RegisteredRelease>& releases) {
  std::map<std::string, table::NoiseSpent> noise;
  for (const RegisteredRelease& registered : releases) noise[registered.release.population] = {};
  for (auto& [population, spent] : noise) spent = table::noise_spent(casework::releases_of(releases, population));
  std::erase_if(noise, [](const auto& one) { return one.second.tellings == 0; });
  return noise;
}

void print(Console& console, const std::vector<RegisteredRelease>& releases, std::string_view did, const std::map<std::string, table::NoiseSpent>& noise = {}) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const RegisteredRelease& registered : releases) {
    const Release& release = registered.release;
    console.print(fmt::format("{}{}  {}  {}  {}, {}{}\n", did, release.id, base::to_iso(release.published_on), release.population,
                              how_many(release.tables.size(), "table"), how_many(figures_in(release), "figure"),
                              release.corrects.empty() ? "" : fmt::format(", corrects {}", release.corrects)));
    list.push_back(json_of(registered));
  }
  nlohmann::ordered_json document{{"releases", list}};
  for (const auto& [population, spent] : noise) {
    console.print(fmt::format("{}: {} with noise, rho {} spent\n", population, how_many(spent.tellings, "table"), table::rho_in_words(spent.rho_millionths)));
    document["noise"].push_back({{"population", population}, {"tables", spent.tellings}, {"rho", table::rho_in_words(spent.rho_millionths)}});
  }
  console.print_json(document);
}

// ---- add ---------------------------------------------------------------------------------------------------------------------------------

class RegisterAddCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("CASE", case_, "The folder of a case whose answer two people have approved");
    parameters.option("--register", "PLACE", register_, register_option_of_case);
    parameters.option("--corrects", "ID", corrects_, "The release whose figures this answer replaces");
    parameters.option("-o,--out", "FOLDER", out_, "Where the answer lies, if not in CASE/out");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    const std::filesystem::path output = answer_folder(case_, out_);
    CANDOUR_TRY(releases, releases_of_answer(case_, output));
    for (Release& release : releases) release.corrects = corrects_;
    CANDOUR_TRY(opened, open_register(register_, case_));
    CANDOUR_TRY(added, with_errors(opened.add(releases)));
    print(console, added, "Registered: ");
    return note_what_it_does_not_stand_beside(output, opened, console);
  }

 private:
  // What is out is registered, whatever it stands beside; but whoever registers it is told.
  static base::ResultOrErrors<ExitStatus> note_what_it_does_not_stand_beside(const std::filesystem::path& output, casework::ReleaseRegister& opened,
                                                                             Console& console) {
    CANDOUR_TRY(answer, proved_answer_in(output));
    CANDOUR_TRY(entries, with_errors(opened.list()));
    const BesideRegister found = held_against(answer, entries, {});
    if (!found.not_beside.empty())
      console.print(
          fmt::format("Note: it was not made beside {}; candour attack --register says what they give away together.\n", base::listed(found.not_beside)));
    return ExitStatus::done;
  }

  std::filesystem::path case_;
  std::string register_, corrects_;
  std::optional<std::filesystem::path> out_;
};

// ---- import, list, verify ------------------------------------------------------------------------------------------------------------------

class RegisterImportCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.argument("FILE", file_, "The description (TOML) of an answer that was published by other means; its tables lie beside it");
    parameters.option("--register", "PLACE", register_, register_option);
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(release, casework::import_release(file_));
    CANDOUR_TRY(opened, with_errors(open_register(register_)));
    CANDOUR_TRY(added, with_errors(opened.add({release})));
    print(console, added, "Registered: ");
    return ExitStatus::done;
  }

 private:
  std::filesystem::path file_;
  std::string register_;
};

class RegisterListCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--register", "PLACE", register_, register_option);
    parameters.option("--population", "NAME", population_, "Only the releases about this population");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(opened, with_errors(open_register(register_)));
    CANDOUR_TRY(releases, with_errors(opened.list(population_)));
    print(console, releases, "", noise_of(releases));
    return ExitStatus::done;
  }

 private:
  std::string register_;
  std::optional<std::string> population_;
};

class RegisterVerifyCommand final : public Command {
 public:
  void describe(Parameters& parameters) override {
    parameters.option("--register", "PLACE", register_, register_option);
    parameters.option("--head", "N:DIGEST", head_, "A head that was noted before, as this verb prints it: the register must still hold it");
  }

  base::ResultOrErrors<ExitStatus> run(Console& console) override {
    CANDOUR_TRY(noted, with_errors(noted_head()));
    CANDOUR_TRY(opened, with_errors(open_register(register_)));
    CANDOUR_TRY(verdict, with_errors(opened.verify(noted)));
    nlohmann::ordered_json document = {{"entries", verdict.entries}, {"head", fmt::format("{}:{}", verdict.head.sequence, verdict.head.digest.to_hex())}};
    if (verdict.fault) {
      console.print(fmt::format("{}: damaged at entry {}: {}. What stands before it is sound.\n", opened.name(), verdict.fault->sequence, verdict.fault->what));
      document["fault"] = {{"entry", verdict.fault->sequence}, {"what", verdict.fault->what}};
    } else {
      console.print(fmt::format("{}: {}, all as they were written. The head to note down: {}:{}\n", opened.name(),
                                how_many(static_cast<std::size_t>(verdict.entries), "release"), verdict.head.sequence, verdict.head.digest.to_hex()));
    }
    console.print_json(document);
    return verdict.fault ? ExitStatus::refused : ExitStatus::done;
  }

 private:
  [[nodiscard]] base::Result<std::optional<casework::store::Head>> noted_head() const {
    if (!head_) return std::optional<casework::store::Head>();
    const std::size_t colon = head_->find(':');
    casework::store::Head head;
    const auto digest = colon == std::string::npos ? std::nullopt : casework::store::digest_from_hex(head_->substr(colon + 1));
    const bool is_number = colon != 0 && colon <= 15 && head_->find_first_not_of("0123456789") == colon;
    if (!digest || !is_number)
      return base::fail(base::Error{base::Cause::wrong_input,
                                    "register.head",
                                    {},
                                    "--head takes a number, a colon and 64 hexadecimal digits",
                                    "copy the head that candour register verify printed"});
    head.sequence = std::stoll(head_->substr(0, colon));
    head.digest = *digest;
    return std::optional(head);
  }

  std::string register_;
  std::optional<std::string> head_;
};

}  // namespace

std::unique_ptr<Command> make_register_add_command() { return std::make_unique<RegisterAddCommand>(); }
std::unique_ptr<Command> make_register_import_command() { return std::make_unique<RegisterImportCommand>(); }
std::unique_ptr<Command> make_register_list_command() { return std::make_unique<RegisterListCommand>(); }
std::unique_ptr<Command> make_register_verify_command() { return std::make_unique<RegisterVerifyCommand>(); }

}  // namespace candour::cli
