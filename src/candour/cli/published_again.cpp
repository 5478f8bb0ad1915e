#include <candour/cli/published_again.hpp>

#include <candour/table/coverage.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

namespace candour::cli {
namespace {

constexpr std::size_t columns_of_a_variable = 3;  // code, label, level

std::string column_name(const std::string& variable) {
  std::string name;
  for (const char letter : variable)
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter))) : '_';
  return name;
}

// The question whose number follows the q: "q2-month" is of question 2.
std::optional<table::QuestionIndex> question_of(const std::string& table_id, const table::AtomSpace& space) {
  for (table::QuestionIndex q = 0; q < space.questions.size(); ++q)
    if (table_id.starts_with("q" + space.questions[q].id + "-")) return q;
  return std::nullopt;
}

// What a spreadsheet would take for a formula has an apostrophe before it.
std::string_view without_guard(std::string_view field) {
  if (field.size() > 1 && field.front() == '\'') field.remove_prefix(1);
  return field;
}

class Reader {
 public:
  Reader(const certify::PublicTableFile& file, const table::AtomSpace& space, const policy::Policy& policy) : file_(file), space_(space), policy_(policy) {
    table_.title = file.table_id;
    table_.design.id = file.table_id;
    // The file says it where cells are hidden; where none is it does not matter.
    const auto may_be_nought = [](const certify::PublicRow& row) { return !row.fields.empty() && row.fields.back() == "confidential-or-nought"; };
    if (std::any_of(file.rows.begin(), file.rows.end(), may_be_nought)) table_.convention = table::ZeroConvention::hidden_may_be_zero;
  }

  base::Result<table::PublishedTable> read(table::QuestionIndex question) {
    table_.design.question = question;
    CANDOUR_TRY_DONE(read_design());
    const table::TableLayout layout(space_, table_.design);
    table_.cells.resize(layout.cell_count());
    std::vector<bool> seen(layout.cell_count());
    for (const certify::PublicRow& row : file_.rows) CANDOUR_TRY_DONE(read_row(row, layout, seen));
    if (std::find(seen.begin(), seen.end(), false) != seen.end())
      return base::fail(wrong("rows_missing", 0, "a combination of its categories has no row, expected one row each"));
    return std::move(table_);
  }

 private:
  [[nodiscard]] base::Error wrong(std::string_view code, std::uint64_t line, std::string sentence) const {
    return {base::Cause::wrong_input,
            fmt::format("attack.{}", code),
            {file_.file, line, 0},
            std::move(sentence),
            "attack the files as `candour answer` wrote them"};
  }

  base::Result<base::Done> read_design() {
    if (file_.header.size() < 2 || (file_.header.size() - 2) % columns_of_a_variable != 0)
      return base::fail(wrong("unknown_column", 1, fmt::format("{} columns, expected three a variable, a value and a status", file_.header.size())));
    for (std::size_t c = 0; c + columns_of_a_variable < file_.header.size(); c += columns_of_a_variable) {
      const std::string& name = file_.header[c + 1];
      const auto at = std::find_if(space_.variables.begin(), space_.variables.end(), [&](const table::Variable& v) { return column_name(v.name) == name; });
      if (at == space_.variables.end()) return base::fail(wrong("unknown_column", 1, fmt::format("column '{}', expected a variable of the case", name)));
      std::set<int> levels{0};
      for (const certify::PublicRow& row : file_.rows)
        if (row.fields.size() == file_.header.size())
          if (const auto level = at->hierarchy.find_level(without_guard(row.fields[c + 2]))) levels.insert(*level);
      table_.design.by.push_back({static_cast<table::VariableIndex>(at - space_.variables.begin()), {levels.begin(), levels.end()}});
    }
    return base::Done{};
  }

  base::Result<base::Done> read_row(const certify::PublicRow& row, const table::TableLayout& layout, std::vector<bool>& seen) {
    if (row.fields.size() != file_.header.size())
      return base::fail(wrong("unknown_column", row.line, fmt::format("{} fields, expected {}", row.fields.size(), file_.header.size())));
    std::vector<table::NodeIndex> nodes;
    for (std::size_t i = 0; i < table_.design.by.size(); ++i) {
      const auto node = space_.variables[table_.design.by[i].variable].hierarchy.find(without_guard(row.fields[i * columns_of_a_variable]));
      if (!node)
        return base::fail(
            wrong("unknown_category", row.line, fmt::format("a code of '{}' that its list does not hold", file_.header[i * columns_of_a_variable + 1])));
      nodes.push_back(*node);
    }
    const auto cell = layout.find(nodes);
    if (!cell) return base::fail(wrong("unknown_category", row.line, "a combination of categories of different levels than the other rows"));
    CANDOUR_TRY(content, cell_of(row));
    table_.cells[*cell] = content;
    seen[*cell] = true;
    return base::Done{};
  }

  [[nodiscard]] base::Result<table::PublishedCell> cell_of(const certify::PublicRow& row) const {
    const std::string& value = row.fields[row.fields.size() - 2];
    const std::string& status = row.fields.back();
    const bool is_rounded = status == "rounded" && policy_.rounding_base, has_noise = status == "perturbed" && policy_.cell_key;
    if (status == "value" || is_rounded || has_noise) {
      std::int64_t units = 0;
      const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), units);
      if (fault != std::errc() || end != value.data() + value.size()) return base::fail(wrong("malformed_value", row.line, "a value that is no whole number"));
      if (is_rounded) return table::Rounded{units, *policy_.rounding_base, table::RoundingKind::random};
      if (has_noise) return table::Perturbed{units, policy_.cell_key->most_noise, policy_.protected_below()};
      return table::Value{units};
    }
    if (status == "confidential" || status == "confidential-or-nought") return table::Suppressed{};
    using enum table::CoverageStatus;
    for (const table::CoverageStatus reason : {did_not_run, not_recorded, over_cost_limit, withheld, not_held})
      if (status == table::word_of(reason))
        return reason == did_not_run ? table::PublishedCell{table::NotApplicable{reason}} : table::PublishedCell{table::NotAvailable{reason}};
    return base::fail(wrong("unknown_status", row.line, "a status that this attack does not know, expected value, confidential or a coverage status"));
  }

  const certify::PublicTableFile& file_;
  const table::AtomSpace& space_;
  const policy::Policy& policy_;
  table::PublishedTable table_;
};

}  // namespace

base::Result<std::optional<table::PublishedTable>> published_again(const certify::PublicTableFile& file, const table::AtomSpace& space,
                                                                   const policy::Policy& policy) {
  const auto question = question_of(file.table_id, space);
  if (!question) return std::optional<table::PublishedTable>();
  CANDOUR_TRY(table, Reader(file, space, policy).read(*question));
  return std::optional(std::move(table));
}

}  // namespace candour::cli
