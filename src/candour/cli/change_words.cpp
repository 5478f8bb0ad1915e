#include <candour/cli/change_words.hpp>

#include <candour/base/files.hpp>
#include <candour/base/text.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <utility>
#include <vector>

namespace candour::cli {
namespace {

using Kind = table::Change::Kind;
constexpr std::array<std::pair<std::string_view, Kind>, 6> kinds{{{"nearest", Kind::nearest},
                                                                  {"random", Kind::random},
                                                                  {"controlled", Kind::controlled},
                                                                  {"small", Kind::small},
                                                                  {"cell-key", Kind::cell_key},
                                                                  {"noise", Kind::noise}}};

std::optional<Kind> kind_of(std::string_view word) {
  for (const auto& [name, kind] : kinds)
    if (name == word) return kind;
  return std::nullopt;
}

bool is_sound(const table::Change& change) {
  constexpr std::int64_t most = 1'000'000'000;
  return change.base >= 2 && change.base <= most && change.totals_within >= 0 && change.totals_within <= most && change.most_noise >= 0 &&
         change.most_noise <= most && change.forbidden >= 0 && change.forbidden <= most;
}

}  // namespace

std::string text_of_change(const table::Change& change) {
  nlohmann::ordered_json json;
  for (const auto& [name, kind] : kinds)
    if (kind == change.kind) json["kind"] = name;
  switch (change.kind) {
    case Kind::nearest:
    case Kind::random: json["base"] = change.base; break;
    case Kind::controlled:
    case Kind::small: json["base"] = change.base, json["totals_within"] = change.totals_within; break;
    case Kind::cell_key: json["most_noise"] = change.most_noise, json["forbidden"] = change.forbidden, json["variance"] = change.variance; break;
    case Kind::noise: json["variance"] = change.variance; break;
  }
  return json.dump();
}

base::Result<std::optional<table::Change>> read_change(const std::filesystem::path& table_json) {
  std::error_code status;
  if (!std::filesystem::is_regular_file(table_json, status)) return std::optional<table::Change>();
  CANDOUR_TRY(text, base::read_file(table_json));
  const auto json = nlohmann::json::parse(text, nullptr, false);
  const auto wrong = [&] {
    return base::fail(base::Error{base::Cause::wrong_input,
                                  "table.change",
                                  {table_json.string(), 0, 0},
                                  "the file does not say how the table was changed in a form that this attack knows",
                                  "say it on the command line: --changed random,5"});
  };
  if (json.is_discarded() || !json.is_object()) return wrong();
  if (!json.contains("change")) return std::optional<table::Change>();
  const auto& said = json["change"];
  if (!said.is_object() || !said.contains("kind") || !said["kind"].is_string()) return wrong();
  const auto kind = kind_of(said["kind"].get<std::string>());
  if (!kind) return wrong();
  table::Change change;
  change.kind = *kind;
  for (const auto& [name, into] : {std::pair{"base", &change.base}, std::pair{"totals_within", &change.totals_within},
                                   std::pair{"most_noise", &change.most_noise}, std::pair{"forbidden", &change.forbidden}})
    if (said.contains(name)) {
      if (!said[name].is_number_integer()) return wrong();
      *into = said[name].get<std::int64_t>();
    }
  if (said.contains("variance")) {
    if (!said["variance"].is_number()) return wrong();
    change.variance = said["variance"].get<double>();
  }
  if (!is_sound(change)) return wrong();
  return std::optional(change);
}

base::Result<table::Change> change_of_words(const std::string& text) {
  const auto wrong = [&] {
    return base::fail(base::Error{base::Cause::wrong_input,
                                  "attack.changed",
                                  {},
                                  fmt::format("--changed: '{}' is no way in which tables are changed", text),
                                  "nearest,5  random,5  controlled,5,4  small,5,8  cell-key,5 or cell-key,5,2"});
  };
  const auto words = base::split(text, ',');
  const auto kind = kind_of(words[0]);
  if (!kind) return wrong();
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 1; i < words.size(); ++i) {
    std::int64_t number = 0;
    const auto [rest, fault] = std::from_chars(words[i].data(), words[i].data() + words[i].size(), number);
    if (fault != std::errc{} || rest != words[i].data() + words[i].size()) return wrong();
    numbers.push_back(number);
  }
  table::Change change;
  change.kind = *kind;
  const bool two = *kind == Kind::controlled || *kind == Kind::small;
  if (*kind == Kind::noise ? !numbers.empty() : *kind == Kind::cell_key ? numbers.empty() || numbers.size() > 2 : numbers.size() != (two ? 2u : 1u))
    return wrong();
  if (*kind == Kind::cell_key) change.most_noise = numbers[0], change.forbidden = numbers.size() > 1 ? numbers[1] : 0;
  else if (*kind != Kind::noise) change.base = numbers[0];
  if (two) change.totals_within = numbers[1];
  if (!is_sound(change)) return wrong();
  return change;
}

}  // namespace candour::cli
