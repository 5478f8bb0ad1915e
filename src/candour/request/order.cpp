#include <candour/request/order.hpp>

#include <candour/base/settings_text.hpp>
#include <candour/base/text.hpp>
#include <candour/request/case_keys.hpp>
#include <candour/request/reading.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace candour::request {
namespace {

using base::KeyTable;
using base::Setting;

// ---- what travels ----------------------------------------------------------------------------------------------------------------------

struct Left {
  std::string_view path;
  std::vector<std::string_view> keys;  ///< all that is kept of this table
};

std::vector<KeyTable> kept_keys() {
  static const std::vector<Left> narrowed{
      {"", {"request", "holding", "variable", "population", "detail", "question", "did_not_run", "finding"}},
      {"request", {"reference", "received", "subject"}},
      {"holding", {"id", "label", "kind"}},
      {"variable", {"name", "label", "role", "data_class", "months", "ages", "categories", "levels", "total_code", "total_label", "unknown", "is_period"}},
      {"question",
       {"number", "asks_for", "text", "alternative", "branch", "branch_because", "branch_by", "decision", "population", "counted", "part_of", "operation",
        "holding", "where", "by", "coverage", "answered_only_for", "answered_only_because"}},
      {"question.decision", {"outcome", "by", "on", "provisions", "reason", "public_interest", "publication_date", "expected_on"}}};
  static constexpr std::array<std::string_view, 18> left_out{
      "authority",      "policy",          "variable.reading", "question.held",   "personal_information", "cost", "retention",
      "cost_agreement", "earlier_request", "staffed",          "clock",           "clarification",        "fees", "fees.item",
      "interim",        "review",          "register",         "question.records"};
  std::vector<KeyTable> kept;
  for (const KeyTable& table : case_keys()) {
    if (std::ranges::find(left_out, table.path) != left_out.end()) continue;
    kept.push_back(table);
    const auto narrow = std::ranges::find(narrowed, table.path, &Left::path);
    if (narrow == narrowed.end()) continue;
    std::erase_if(kept.back().keys, [&](const base::KeyDescription& key) { return std::ranges::find(narrow->keys, key.name) == narrow->keys.end(); });
  }
  return kept;
}

std::vector<KeyTable> keys_of_the_data_unit() {
  using enum base::KeyForm;
  using enum base::Presence;
  std::vector<KeyTable> keys{
      {"",
       "The data unit's own settings.",
       {{"analyst", text, required, "The name of the analyst who does the work."},
        {"key_file", text, optional,
         "The authority's private key, which keeps the choice of hidden cells from speaking, and draws how figures are changed: the same in every case."},
        {"holding", list_of_tables, required, "Where each holding of the order lies."},
        {"reading", list_of_tables, optional, "How each variable of the order is read from a holding."},
        {"hours", list_of_tables, optional, "Hours spent, by the four activities that count towards the cost limit."}}}};
  for (const KeyTable& table : case_keys()) {
    KeyTable own = table;
    if (table.path == "holding") {
      std::erase_if(own.keys, [](const base::KeyDescription& key) { return key.name == "label" || key.name == "kind"; });
      for (base::KeyDescription& key : own.keys)
        if (key.name == "file" || key.name == "extracted_on") key.presence = required;
    } else if (table.path == "variable.reading") {
      own.path = "reading";
      own.keys.insert(own.keys.begin(), {"variable", text, required, "The name of the variable in the order."});
    } else if (table.path == "cost") {
      own.path = "hours";
      std::erase_if(own.keys, [](const base::KeyDescription& key) { return key.name == "shows_units"; });  // the officer's, as the letter is
      for (base::KeyDescription& key : own.keys)
        if (key.name == "measured_by") key = {"measured_by", text, optional, "Who measured. Left out: the analyst."};
    } else {
      continue;
    }
    keys.push_back(std::move(own));
  }
  return keys;
}

// Only what the table of keys names.
Setting pruned(const Setting& table, std::string_view path, std::span<const KeyTable> keys) {
  const auto described = std::ranges::find(keys, path, &KeyTable::path);
  Setting out = table;
  if (described == keys.end()) return out;
  std::erase_if(out.entries,
                [&](const auto& entry) { return std::ranges::find(described->keys, entry.first, &base::KeyDescription::name) == described->keys.end(); });
  for (auto& [name, value] : out.entries) {
    const std::string below = path.empty() ? name : fmt::format("{}.{}", path, name);
    if (value.kind == base::SettingKind::table) value = pruned(value, below, keys);
    for (Setting& item : value.items)
      if (item.kind == base::SettingKind::table) item = pruned(item, below, keys);
  }
  return out;
}

Setting text_setting(const std::string& text) {
  Setting setting;
  setting.kind = base::SettingKind::text;
  setting.text = text;
  return setting;
}

// A code list in a file of its own, written out: the data unit gets no other file.
void write_out_categories(Setting& variable, const table::Hierarchy& hierarchy) {
  Setting categories;
  categories.kind = base::SettingKind::list;
  for (table::NodeIndex node = 1; node < hierarchy.size(); ++node) {
    Setting category;
    category.entries.emplace_back("code", text_setting(hierarchy.code(node)));
    if (!hierarchy.label(node).empty()) category.entries.emplace_back("label", text_setting(hierarchy.label(node)));
    category.entries.emplace_back("parent", text_setting(hierarchy.code(hierarchy.parent(node))));
    categories.items.push_back(std::move(category));
  }
  std::erase_if(variable.entries, [](const auto& entry) { return entry.first == "total_label"; });
  variable.entries.emplace_back("total_code", text_setting(hierarchy.code(0)));
  if (!hierarchy.label(0).empty()) variable.entries.emplace_back("total_label", text_setting(hierarchy.label(0)));
  variable.entries.emplace_back("categories", std::move(categories));
}

// One table where a list of them may stand.
Setting list_of(Setting table) {
  Setting list;
  list.kind = base::SettingKind::list;
  list.line = table.line;
  list.items.push_back(std::move(table));
  return list;
}

bool is_statistics(const Case& the_case, const std::string& number) {
  const Question* question = find_question(the_case, number);
  return question != nullptr && question->kind == QuestionKind::statistics && question->decision.decision != Decision::neither_confirmed_nor_denied;
}

// Without these the order would be refused, or its policy: no other finding has a figure hanging on it.
constexpr std::array<std::string_view, 4> findings_behind_figures{"people-unknown", "cost-estimate", "no-route", "nothing-counted"};

void keep_what_figures_need(Setting& top, const Case& the_case) {
  for (auto& [name, value] : top.entries) {
    if (name == "question") std::erase_if(value.items, [&](const Setting& question) { return !is_statistics(the_case, question.text_of("number")); });
    if (name == "finding") {
      std::erase_if(value.items, [&](const Setting& finding) {
        const std::string kind = finding.text_of("kind"), question = finding.text_of("question");
        return std::ranges::find(findings_behind_figures, kind) == findings_behind_figures.end() || (!question.empty() && !is_statistics(the_case, question));
      });
    }
  }
  std::erase_if(top.entries, [](const auto& entry) { return entry.second.kind == base::SettingKind::list && entry.second.items.empty(); });
}

// ---- order and settings put together -----------------------------------------------------------------------------------------------------

// Lines of holdings.toml are told from those of the order by their size while the two are one tree.
constexpr std::uint64_t lines_of_the_data_unit = 1'000'000'000;

void shift_lines(Setting& setting) {
  setting.line += lines_of_the_data_unit;
  for (auto& [name, value] : setting.entries) shift_lines(value);
  for (Setting& item : setting.items) shift_lines(item);
}

void name_files(base::Errors& errors, const std::string& order_name, const std::string& holdings_name) {
  for (base::Error& error : errors) {
    const bool own = error.place.line >= lines_of_the_data_unit;
    error.place.file = own ? holdings_name : order_name;
    if (own) error.place.line -= lines_of_the_data_unit;
  }
}

Setting* list_in(Setting& top, std::string_view name) {
  for (auto& [key, value] : top.entries)
    if (key == name) return &value;
  return nullptr;
}

Setting* item_with(Setting* list, std::string_view key, const std::string& wanted) {
  if (list == nullptr) return nullptr;
  for (Setting& item : list->items)
    if (item.text_of(key) == wanted) return &item;
  return nullptr;
}

std::vector<std::string> names_in(const Setting* list, std::string_view key) {
  std::vector<std::string> names;
  if (list != nullptr)
    for (const Setting& item : list->items) names.push_back(item.text_of(key));
  return names;
}

void put_holdings_in(Setting& order, const Setting& own, Mistakes& mistakes) {
  Setting* asked = list_in(order, "holding");
  for (const Setting* holding : own.tables_of("holding")) {
    Setting* of_order = item_with(asked, "id", holding->text_of("id"));
    if (of_order == nullptr) {
      mistakes.add_unknown(holding->line_of("id"), "unknown_holding", "holding of the order", holding->text_of("id"), names_in(asked, "id"));
      continue;
    }
    if (of_order->find("file") != nullptr) {
      mistakes.add(holding->line_of("id"), "duplicate", fmt::format("the holding '{}' stands twice, expected each id once", holding->text_of("id")));
      continue;
    }
    of_order->line = holding->line;
    for (const auto& [key, value] : holding->entries)
      if (key != "id") of_order->entries.emplace_back(key, value);
  }
  if (asked == nullptr) return;
  for (const Setting& holding : asked->items)
    if (holding.find("file") == nullptr)
      mistakes.add(own.line + lines_of_the_data_unit, "holding_missing",
                   fmt::format("the order asks for the holding '{}', expected a [[holding]] that says where it lies", holding.text_of("id")));
}

void put_readings_in(Setting& order, const Setting& own, Mistakes& mistakes) {
  Setting* variables = list_in(order, "variable");
  for (const Setting* reading : own.tables_of("reading")) {
    Setting* variable = item_with(variables, "name", reading->text_of("variable"));
    if (variable == nullptr) {
      mistakes.add_unknown(reading->line_of("variable"), "unknown_variable", "variable of the order", reading->text_of("variable"),
                           names_in(variables, "name"));
      continue;
    }
    Setting* readings = list_in(*variable, "reading");
    if (readings == nullptr) {
      Setting list;
      list.kind = base::SettingKind::list;
      readings = &variable->entries.emplace_back("reading", std::move(list)).second;
    }
    readings->items.push_back(*reading);
  }
}

base::ResultOrErrors<Setting> checked(base::Result<Setting> settings, std::span<const KeyTable> keys, const std::string& file, std::string_view prefix) {
  if (!settings) return tl::make_unexpected(base::Errors{std::move(settings).error()});
  base::Errors errors = base::check_settings(*settings, keys, file, prefix);
  if (!errors.empty()) return tl::make_unexpected(std::move(errors));
  return std::move(settings).value();
}

// As load_case, in the same steps; the request is known by its questions alone.
void read_case(const Setting& top, Case& the_case, Mistakes& mistakes) {
  const Setting& request = *top.find("request");
  the_case.reference = request.text_of("reference");
  the_case.received = *request.date_of("received");
  the_case.subject = request.text_of("subject");
  for (const Setting* question : top.tables_of("question")) the_case.request_text += question->text_of("text") + "\n";
  read_holdings(top, the_case, mistakes);
  read_variables(top, the_case, mistakes);
  if (!mistakes.errors().empty()) return;
  read_populations(top, the_case, mistakes);
  if (!mistakes.errors().empty()) return;
  read_questions(top, the_case, mistakes);
  read_coverage(top, the_case, mistakes);
  read_findings(top, the_case, mistakes);
  check_statistics(top, the_case, mistakes);
  check_decisions(top, the_case, mistakes);
  check_dates(top, the_case, mistakes);
}

void read_hours(const Setting& own, CommissionedCase& commissioned, Mistakes& mistakes) {
  for (const Setting* hours : own.tables_of("hours")) {
    if (find_question(commissioned.the_case, hours->text_of("question")) == nullptr)
      mistakes.add(hours->line_of("question"), "unknown_question",
                   fmt::format("found '{}', expected the number of a question of the order", hours->text_of("question")));
    commissioned.hours.push_back(read_cost_item(*hours, mistakes));
    if (commissioned.hours.back().measured_by.empty()) commissioned.hours.back().measured_by = commissioned.analyst;
  }
}

}  // namespace

std::span<const KeyTable> order_keys() {
  static const std::vector<KeyTable> keys = kept_keys();
  return keys;
}

std::span<const KeyTable> data_unit_keys() {
  static const std::vector<KeyTable> keys = keys_of_the_data_unit();
  return keys;
}

std::string order_text(const Setting& case_settings, const Case& the_case) {
  Setting order = pruned(case_settings, "", order_keys());
  for (auto& [name, value] : order.entries)
    if (name != "request" && value.kind == base::SettingKind::table) value = list_of(std::move(value));
  if (Setting* variables = list_in(order, "variable"))
    for (std::size_t v = 0; v < variables->items.size(); ++v)
      if (case_settings.tables_of("variable")[v]->find("categories_file") != nullptr)
        write_out_categories(variables->items[v], the_case.variables[v].variable.hierarchy);
  keep_what_figures_need(order, the_case);
  return base::to_toml(order);
}

base::ResultOrErrors<CommissionedCase> load_commissioned_case(std::string_view order, const std::string& order_name,
                                                              const std::filesystem::path& holdings_file) {
  const std::string holdings_name = holdings_file.string();
  CANDOUR_TRY(top, checked(base::parse_settings(order, order_name), order_keys(), order_name, "order"));
  CANDOUR_TRY(own, checked(base::read_settings(holdings_name), data_unit_keys(), holdings_name, "holdings"));
  for (auto& [name, value] : own.entries) shift_lines(value);
  CommissionedCase commissioned;
  commissioned.analyst = own.text_of("analyst");
  Case& the_case = commissioned.the_case;
  the_case.folder = holdings_file.has_parent_path() ? holdings_file.parent_path() : std::filesystem::path(".");
  if (const std::string key = own.text_of("key_file"); !key.empty()) the_case.key_file = std::filesystem::absolute(the_case.folder / key).lexically_normal();
  Mistakes mistakes(order_name);
  put_holdings_in(top, own, mistakes);
  put_readings_in(top, own, mistakes);
  if (mistakes.errors().empty()) read_case(top, the_case, mistakes);
  if (mistakes.errors().empty()) read_hours(own, commissioned, mistakes);
  if (mistakes.errors().empty()) commissioned.wishes = read_detail_wishes(top, the_case, mistakes);
  if (mistakes.errors().empty()) return commissioned;
  base::Errors errors = mistakes.take();
  name_files(errors, order_name, holdings_name);
  return tl::make_unexpected(std::move(errors));
}

}  // namespace candour::request
