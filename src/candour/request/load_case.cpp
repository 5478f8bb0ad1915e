#include <candour/base/text.hpp>
#include <candour/request/case_keys.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

namespace candour::request {
namespace {

/// What a draft still proposes, each part with its line: nothing is accepted in silence.
void add_unconfirmed(const base::Setting& table, const std::string& file, base::Errors& errors) {
  if (const base::Setting* list = table.find("unconfirmed"); list != nullptr && !list->items.empty()) {
    std::vector<std::string> keys;
    for (const base::Setting& item : list->items) keys.push_back(item.text);
    errors.push_back({base::Cause::wrong_input,
                      "case.unconfirmed",
                      {file, list->line},
                      fmt::format("nobody has confirmed what was proposed for {}", base::listed(keys)),
                      "hold it against the request, then take it out of the list (or: candour case confirm)"});
  }
  for (const auto& [key, value] : table.entries) {
    if (value.kind == base::SettingKind::table) add_unconfirmed(value, file, errors);
    for (const base::Setting& item : value.items)
      if (item.kind == base::SettingKind::table) add_unconfirmed(item, file, errors);
  }
}

base::ResultOrErrors<base::Setting> checked_settings(const std::string& file, std::span<const base::KeyTable> keys, std::string_view code_prefix) {
  auto settings = base::read_settings(file);
  if (!settings) return tl::make_unexpected(base::Errors{std::move(settings).error()});
  base::Errors errors = base::check_settings(*settings, keys, file, code_prefix);
  add_unconfirmed(*settings, file, errors);
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return std::move(settings).value();
}

}  // namespace

// In four steps, so that one mistake is not told again as three others: the keys; what stands by itself; what refers to it; what must agree.
base::ResultOrErrors<Case> load_case(const std::filesystem::path& folder_or_file) {
  std::error_code ignored;
  const std::filesystem::path file = std::filesystem::is_directory(folder_or_file, ignored) ? folder_or_file / "case.toml" : folder_or_file;
  CANDOUR_TRY(top, checked_settings(file.string(), case_keys(), "case"));
  Case the_case;
  the_case.folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  Mistakes mistakes(file.string());
  read_request(top, the_case, mistakes);
  read_holdings(top, the_case, mistakes);
  read_variables(top, the_case, mistakes);
  if (!mistakes.errors().empty()) return tl::make_unexpected(mistakes.take());
  read_populations(top, the_case, mistakes);
  if (!mistakes.errors().empty()) return tl::make_unexpected(mistakes.take());
  read_questions(top, the_case, mistakes);
  read_coverage(top, the_case, mistakes);
  read_findings(top, the_case, mistakes);
  read_ledger(top, the_case, mistakes);
  read_letters(top, the_case, mistakes);
  check_nothing_left_out(top, the_case, mistakes);
  check_statistics(top, the_case, mistakes);
  check_decisions(top, the_case, mistakes);
  check_dates(top, the_case, mistakes);
  if (!mistakes.errors().empty()) return tl::make_unexpected(mistakes.take());
  return the_case;
}

base::ResultOrErrors<Requester> load_requester(const std::filesystem::path& file) {
  CANDOUR_TRY(top, checked_settings(file.string(), requester_keys(), "requester"));
  return Requester{top.text_of("name"), top.text_of("address")};
}

}  // namespace candour::request
