#include <candour/casework/register/release_text.hpp>

#include <nlohmann/json.hpp>

#include <limits>

namespace candour::casework {
namespace {

using nlohmann::ordered_json;
using table::Release;
using table::ReleasedCategory;
using table::ReleasedCell;
using table::ReleasedRatio;
using table::ReleasedTable;
using table::ReleasedVariable;

constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

// 12; [10, 14]; ["c", 1]: hidden, at least 1; null: no figure.
ordered_json json_of(const ReleasedCell& cell) {
  if (!cell.says_something()) return nullptr;
  if (cell.is_hidden) return {"c", cell.lowest};
  if (cell.lowest == cell.highest) return cell.lowest;
  return {cell.lowest, cell.highest == unlimited ? ordered_json(nullptr) : ordered_json(cell.highest)};
}

ReleasedCell cell_from(const ordered_json& json) {
  if (json.is_null()) return {};
  if (json.is_number_integer()) return {json.get<std::int64_t>(), json.get<std::int64_t>(), false};
  if (json.at(0).is_string()) return {json.at(1).get<std::int64_t>(), unlimited, true};
  return {json.at(0).get<std::int64_t>(), json.at(1).is_null() ? unlimited : json.at(1).get<std::int64_t>(), false};
}

ordered_json json_of(const std::vector<ReleasedVariable>& variables) {
  ordered_json list = ordered_json::array();
  for (const ReleasedVariable& variable : variables) {
    ordered_json categories = ordered_json::array();
    for (const ReleasedCategory& category : variable.categories) categories.push_back({category.words, category.code, category.codes});
    list.push_back({{"name", variable.name}, {"categories", std::move(categories)}});
  }
  return list;
}

std::vector<ReleasedVariable> variables_from(const ordered_json& json) {
  std::vector<ReleasedVariable> variables;
  for (const ordered_json& variable : json) {
    variables.push_back({variable.at("name"), {}});
    for (const ordered_json& category : variable.at("categories"))
      variables.back().categories.push_back({category.at(0), category.at(1), category.at(2).get<std::vector<std::string>>()});
  }
  return variables;
}

ordered_json json_of(const ReleasedTable& table) {
  ordered_json cells = ordered_json::array();
  for (const ReleasedCell& cell : table.cells) cells.push_back(json_of(cell));
  ordered_json json{{"id", table.id},
                    {"title", table.title},
                    {"counted", table.counted},
                    {"among", table.counted_among},
                    {"by", json_of(table.by)},
                    {"limited_to", json_of(table.limited_to)},
                    {"noise", table.noise_thousandths}};
  if (!table.noise_key.empty()) json["noise_key"] = table.noise_key;
  json["cells"] = std::move(cells);
  return json;
}

ReleasedTable table_from(const ordered_json& json) {
  ReleasedTable table{json.at("id"),
                      json.at("title"),
                      json.at("counted"),
                      json.at("among"),
                      variables_from(json.at("by")),
                      variables_from(json.at("limited_to")),
                      {},
                      json.at("noise").get<std::int64_t>(),
                      json.value("noise_key", std::string())};
  for (const ordered_json& cell : json.at("cells")) table.cells.push_back(cell_from(cell));
  return table;
}

base::Error malformed() {
  return {base::Cause::refused, "register.malformed", {}, "an entry of the register is no release", "candour register verify says where"};
}

}  // namespace

std::string to_text(const Release& release) {
  ordered_json tables = ordered_json::array(), ratios = ordered_json::array();
  for (const ReleasedTable& table : release.tables) tables.push_back(json_of(table));
  for (const ReleasedRatio& ratio : release.ratios)
    ratios.push_back({static_cast<int>(ratio.kind), ratio.part.table, ratio.part.cell, ratio.whole.table, ratio.whole.cell, ratio.decimals, ratio.units});
  return ordered_json{{"id", release.id},
                      {"title", release.title},
                      {"population", release.population},
                      {"published_on", base::to_iso(release.published_on)},
                      {"extracted_on", base::to_iso(release.extracted_on)},
                      {"corrects", release.corrects},
                      {"origin", release.origin},
                      {"policy", release.policy_digest},
                      {"draft", release.draft_digest},
                      {"tables", std::move(tables)},
                      {"ratios", std::move(ratios)}}
      .dump();
}

base::Digest digest_of_figures(Release release) {
  for (std::string* name : {&release.id, &release.title, &release.corrects, &release.origin, &release.policy_digest, &release.draft_digest}) name->clear();
  release.published_on = release.extracted_on;
  return base::digest_of(to_text(release));
}

base::Result<Release> release_from(std::string_view text) {
  try {
    const ordered_json json = ordered_json::parse(text);
    CANDOUR_TRY(published_on, base::parse_iso_date(json.at("published_on").get<std::string>()));
    CANDOUR_TRY(extracted_on, base::parse_iso_date(json.at("extracted_on").get<std::string>()));
    Release release{json.at("id"),
                    json.at("title"),
                    json.at("population"),
                    published_on,
                    extracted_on,
                    json.at("corrects"),
                    json.at("origin"),
                    json.at("policy"),
                    json.at("draft"),
                    {},
                    {}};
    for (const ordered_json& table : json.at("tables")) release.tables.push_back(table_from(table));
    for (const ordered_json& r : json.at("ratios"))
      release.ratios.push_back(
          {r.at(0).get<int>() == 0 ? ReleasedRatio::Kind::per_cent : ReleasedRatio::Kind::average, {r.at(1), r.at(2)}, {r.at(3), r.at(4)}, r.at(5), r.at(6)});
    return release;
  } catch (const ordered_json::exception&) {
    return base::fail(malformed());
  }
}

}  // namespace candour::casework
