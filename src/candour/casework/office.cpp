#include <candour/casework/office.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace candour::casework {
namespace {

using base::KeyForm;
using base::Presence;

bool is_sound(const std::string& pattern) {
  const std::string plain = reference_of(pattern, base::Date{std::chrono::year{2026}, std::chrono::month{1}, std::chrono::day{1}}, 7);
  const std::string other = reference_of(pattern, base::Date{std::chrono::year{2026}, std::chrono::month{1}, std::chrono::day{1}}, 8);
  const bool plain_letters = std::ranges::all_of(plain, [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.'; });
  return plain != other && plain_letters && !plain.starts_with('.') && plain.size() <= 60;
}

}  // namespace

std::span<const base::KeyTable> office_keys() {
  static const std::vector<base::KeyTable> tables = {
      {"",
       "The settings that all cases of a unit share.",
       {{"authority", KeyForm::table, Presence::required, "Who answers; goes into every case as it stands."},
        {"reference", KeyForm::text, Presence::optional, "The pattern of references, as in \"FOI-{year}-{number:4}\". Left out: that one."}}},
      {"authority",
       "As the part of the same name of a case file.",
       {{"name", KeyForm::text, Presence::required, "The authority's name."},
        {"address", KeyForm::text, Presence::required, "Its address for correspondence."},
        {"review_address", KeyForm::text, Presence::required, "Where a request for an internal review goes (section 17(7))."},
        {"part", KeyForm::one_of_words, Presence::required, "Which cost limit applies.", {"central", "other"}},
        {"regime", KeyForm::one_of_words, Presence::optional, "The Act that applies. Left out: the first.", {"FOIA", "FOISA"}},
        {"publisher_url", KeyForm::text, Presence::optional, "The address of the disclosure log."},
        {"licence", KeyForm::text, Presence::optional, "The licence of published answers. Left out: Open Government Licence v3.0."}}},
  };
  return tables;
}

base::ResultOrErrors<Office> load_office(const std::filesystem::path& file) {
  auto top = base::read_settings(file.string());
  if (!top) return tl::make_unexpected(base::Errors{std::move(top).error()});
  base::Errors errors = base::check_settings(*top, office_keys(), file.string(), "office");
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  Office office;
  const base::Setting& table = *top->find("authority");
  office.authority.name = table.text_of("name");
  office.authority.address = table.text_of("address");
  office.authority.review_address = table.text_of("review_address");
  office.authority.part = table.text_of("part");
  office.authority.regime = table.text_of("regime", office.authority.regime);
  office.authority.publisher_url = table.text_of("publisher_url");
  office.authority.licence = table.text_of("licence", office.authority.licence);
  office.reference_pattern = top->text_of("reference", office.reference_pattern);
  if (!is_sound(office.reference_pattern))
    return tl::make_unexpected(
        base::Errors{{base::Cause::wrong_input,
                      "office.reference",
                      {file.string(), top->line_of("reference")},
                      fmt::format("the pattern of references is '{}', expected letters, digits and hyphens with one {{number}}", office.reference_pattern),
                      "an example: reference = \"FOI-{year}-{number:4}\""}});
  return office;
}

std::string reference_of(const std::string& pattern, base::Date received, int number) {
  std::string reference;
  for (std::size_t i = 0; i < pattern.size();) {
    const std::string_view rest = std::string_view(pattern).substr(i);
    if (rest.starts_with("{year}")) {
      reference += fmt::format("{}", static_cast<int>(received.year()));
      i += 6;
    } else if (rest.starts_with("{number}")) {
      reference += fmt::format("{}", number);
      i += 8;
    } else if (rest.size() > 9 && rest.starts_with("{number:") && std::isdigit(static_cast<unsigned char>(rest[8])) != 0 && rest[9] == '}') {
      reference += fmt::format("{:0{}}", number, rest[8] - '0');
      i += 10;
    } else {
      reference += rest[0];
      ++i;
    }
  }
  return reference;
}

}  // namespace candour::casework
